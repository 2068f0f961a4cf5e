"""Hexo: `source/_posts/`, categories as one nested path, Nunjucks off."""

from broadsheet.model import Feed, Post
from broadsheet.publish.formats.document import document, facts, harmless


def file_name(post: Post) -> str:
    """Name the file; Hexo's `:title` and `:id` are both the post's id."""
    return f"{post.id}.html"


def render(post: Post, feed: Feed) -> str:
    """Write the post; the date is a string, because Hexo shifts a bare YAML time by the zone of its machine."""
    return document({**facts(post, feed), "layout": "post", "disableNunjucks": True}, harmless(post.html))
