"""Astro: a content collection of Markdown files (never MDX, where a brace is code)."""

from broadsheet.model import Feed, Post
from broadsheet.publish.formats.document import document, facts, html_block

_NAMES = {"updated": "updatedDate", "date": "pubDate", "thumbnail": "heroImage"}


def file_name(post: Post) -> str:
    """Name the file; it makes the slug."""
    return f"{post.id}.md"


def render(post: Post, feed: Feed) -> str:
    """Write the post with the names of Astro's blog template; dates want `z.coerce.date()`."""
    said = facts(post, feed)
    fields = {_NAMES.get(key, key): value for key, value in said.items() if key != "id"}
    return document({**fields, "postId": post.id, "description": post.summary}, html_block(post.html))
