"""Commands that need no paper: one document in, what was understood out."""

import sys
from typing import Annotated

import typer

from broadsheet.cli.context import JSON_OPTION
from broadsheet.cli.files import naming, read_file
from broadsheet.cli.printing import print_json, print_table

FILE = Annotated[str, typer.Argument(metavar="FILE", help="A file, or - for standard input.")]
BASE = Annotated[
    str | None, typer.Option("--base-url", metavar="URL", help="What relative addresses are relative to.")
]


def parse(
    file: FILE,
    base_url: BASE = None,
    content_type: Annotated[
        str | None, typer.Option("--content-type", metavar="TYPE", help="The Content-Type it was served with.")
    ] = None,
    json: JSON_OPTION = False,
) -> None:
    """Understand one feed document and print what it says."""
    from broadsheet.parse import feed_json, parse_feed

    with naming(file):
        parsed = parse_feed(read_file(file), content_type, base_url)
    if json:
        print_json(feed_json(parsed))
        return
    print(f"{parsed.title or '(untitled)'}  [{parsed.format}]  {parsed.link or ''}")
    if parsed.repairs:
        print("repaired: " + ", ".join(parsed.repairs))
    print_table(
        ("published", "title", "link"),
        ((entry.published or "-", entry.title or "-", entry.link or "-") for entry in parsed.entries),
    )


def clean(file: FILE, base_url: BASE = None, json: JSON_OPTION = False) -> None:
    """Clean an HTML fragment or the body of a post file, and print it."""
    from broadsheet.clean import clean_entry
    from broadsheet.errors import FeedError
    from broadsheet.model import ParsedEntry
    from broadsheet.parse.formats.postfiles import parse_postfile

    body = read_file(file)
    try:
        entry = parse_postfile(body, file).entry
    except FeedError:
        entry = ParsedEntry(content=body.decode("utf-8", "replace"))
    cleaned = clean_entry(entry, base_url)
    if json:
        print_json(cleaned)
        return
    print(cleaned.html)
    for change, count in sorted(cleaned.changes.items()):
        print(f"{change}: {count}", file=sys.stderr)
