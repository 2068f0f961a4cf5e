"""Zola: `content/<section>/`, Markdown files whose text is one HTML block."""

from broadsheet.model import Feed, Post
from broadsheet.publish.formats.document import document, facts, html_block

_OWN = ("title", "date", "updated")


def file_name(post: Post) -> str:
    """Name the file; it makes the address."""
    return f"{post.id}.md"


def render(post: Post, feed: Feed) -> str:
    """Write the post; what Zola has no key for goes under `extra`, as a taxonomy it does not know stops its build."""
    said = facts(post, feed)
    own = {key: said.pop(key) for key in _OWN}
    return document({**own, "extra": said}, html_block(post.html))
