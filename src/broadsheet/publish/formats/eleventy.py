"""Eleventy: any folder, no template engine over the file."""

from broadsheet.model import Feed, Post
from broadsheet.publish.formats.document import document, facts, harmless


def file_name(post: Post) -> str:
    """Name the file; it makes the address."""
    return f"{post.id}.html"


def render(post: Post, feed: Feed) -> str:
    """Write the post; layouts still apply to it."""
    return document({**facts(post, feed), "templateEngineOverride": False}, harmless(post.html))
