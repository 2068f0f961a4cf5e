"""The command that finds facts in one document; it needs no paper."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import JSON_OPTION
from broadsheet.cli.documents import FILE
from broadsheet.cli.facts.verdicts import percent, verdict
from broadsheet.cli.files import read_file
from broadsheet.cli.printing import print_json, print_table

if TYPE_CHECKING:
    from broadsheet.annotate import NameBook
    from broadsheet.model import Annotations, Check

BOOKS = Annotated[
    list[str] | None,
    typer.Option(
        "--book",
        metavar="LIST",
        help="A list of securities beside the book that ships: Tushare, HKEX, plain CSV, SEC JSON, TOML. Repeatable.",
    ),
]
PUBLISHED = Annotated[
    datetime | None,
    typer.Option(
        "--published",
        metavar="MOMENT",
        formats=["%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"],
        help="The day, or day and UTC time, of a text that tells none; now.",
    ),
]
PRICES = Annotated[
    list[str] | None,
    typer.Option("--prices", metavar="LIST", help="Daily bars to hold moves against, as CSV or Parquet. Repeatable."),
]
_MARKUP = re.compile(
    r"<(?:!doctype|html|body|p|div|br|span|a|h\d|article|section|ul|ol|table|img)\b[^>]*>", re.IGNORECASE
)


def annotate(
    file: FILE,
    books: BOOKS = None,
    published: PUBLISHED = None,
    prices: PRICES = None,
    json: JSON_OPTION = False,
) -> None:
    """Find companies, price moves and claims in a post file or a text. And who made these claims."""
    from broadsheet.annotate import annotate_post, annotations_json

    book = _open_books(books or [])
    text, language, stated = _read_document(read_file(file), file)
    moment = stated or (published or datetime.now(UTC)).replace(tzinfo=UTC)
    found = annotate_post(text, language, moment, book)
    checks = _check(found, prices or [], moment)
    if json:
        print_json(annotations_json(found) | ({"checks": list(map(_check_json, checks))} if prices else {}))
        return
    _print_facts(found)
    if prices:
        _print_checks(checks)


def _check(found: "Annotations", lists: list[str], published: datetime) -> "list[Check]":
    """Hold every move against the bars of price lists, in the order of the text."""
    if not lists:
        return []
    from broadsheet.market import check_move, read_bars

    bars = [bar for file in lists for bar in read_bars(read_file(file), file).bars]
    return [check_move(move, bars, published) for move in found.moves]


def _check_json(check: "Check") -> dict[str, object]:
    """Leave out the move, which stands at the same place in `moves`."""
    from msgspec import to_builtins

    fields: dict[str, object] = to_builtins(check)
    del fields["move"]
    return fields


def _print_checks(checks: "list[Check]") -> None:
    print_table(
        ("move", "listing", "day", "verdict", "measured", "high", "low", "close"),
        (
            (
                check.move.surface,
                check.security,
                check.day,
                verdict(check),
                *map(percent, (check.measured, check.high, check.low, check.close)),
            )
            for check in checks
        ),
    )


def _open_books(books: list[str]) -> "NameBook":
    from broadsheet.annotate import NameBook, curated_book, merge_book, read_companies

    return NameBook(merge_book(curated_book(), *(read_companies(read_file(file), file) for file in books))[0])


def _read_document(body: bytes, file: str) -> tuple[str, str, datetime | None]:
    """Read the text, its language, and the moment of its publication where the document tells it."""
    from broadsheet.clean import clean_entry
    from broadsheet.clean.words.language import language_of
    from broadsheet.errors import FeedError
    from broadsheet.model import ParsedEntry
    from broadsheet.parse.formats.postfiles import parse_postfile

    try:
        entry = parse_postfile(body, file).entry
    except FeedError:
        text = body.decode("utf-8", "replace")
        if not _MARKUP.search(text):
            return text, language_of(None, "", text) or "und", None
        entry = ParsedEntry(content=text)
    cleaned = clean_entry(entry, None)
    return cleaned.text, cleaned.language or "und", entry.published


def _print_facts(found: "Annotations") -> None:
    tables = _tables(found)
    for columns, rows in tables:
        if rows:
            print_table(columns, rows)
    if not any(rows for _, rows in tables):
        print("no company, move of a price or claim was found")


def _tables(found: "Annotations") -> list[tuple[Sequence[str], list[Sequence[object]]]]:
    return [
        (
            ("company", "as", "listing", "relation"),
            [
                (mention.surface, mention.company, mention.security or " ".join(mention.securities), mention.relation)
                for mention in found.mentions
            ],
        ),
        (
            ("move", "of", "listing", "statistic", "session"),
            [(move.surface, move.instrument, move.security, move.statistic, move.session) for move in found.moves],
        ),
        (
            ("claim", "of", "stage", "source", "status"),
            [(claim.quote, claim.event, claim.stage, claim.source, claim.status) for claim in found.claims],
        ),
        (("answer", "of"), [(reply.response, reply.party) for reply in found.responses]),
        (("reported by", "words"), [(origin.outlet, origin.quote) for origin in found.origins]),
    ]
