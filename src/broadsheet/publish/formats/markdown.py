"""Markdown for people: a folder that Obsidian and its like open as it is."""

import re
from typing import Final

from broadsheet.model import Feed, Post
from broadsheet.publish.formats.document import document, facts, one_line
from broadsheet.publish.formats.markdown_blocks import markdown_of
from broadsheet.publish.formats.markdown_text import escape_text

_NOT_IN_TAG: Final = re.compile(r"[^\w/-]+")
_MOMENT: Final = "%Y-%m-%dT%H:%M:%S"


def file_name(post: Post) -> str:
    """Name the file."""
    return f"{post.id}.md"


def render(post: Post, feed: Feed) -> str:
    """Write the post under its title, with properties of the kinds Obsidian knows; moments are UTC.

    A tag has no blanks and is no number. The title is no alias, since that is an address to some generators.
    """
    said = facts(post, feed)
    fields = {
        **said,
        "date": post.published.strftime(_MOMENT),
        "updated": post.updated.strftime(_MOMENT) if post.updated else None,
        "tags": list(dict.fromkeys(filter(None, map(_tag, post.categories)))),
    }
    title = escape_text(one_line(post.title).strip(), starts_line=False)
    body = markdown_of(post.html)
    return document(fields, "\n\n".join(part for part in (f"\n# {title}" if title else "", body) if part))


def _tag(category: str) -> str:
    tag = _NOT_IN_TAG.sub("-", one_line(category)).strip("-/")
    return tag if not tag.isdigit() else f"_{tag}"
