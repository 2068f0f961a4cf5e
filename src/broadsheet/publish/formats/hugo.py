"""Hugo: `content/posts/`, HTML content, shortcodes escaped."""

from broadsheet.model import Feed, Post
from broadsheet.publish.formats.document import document, facts, harmless


def file_name(post: Post) -> str:
    """Name the file; it makes the address."""
    return f"{post.id}.html"


def render(post: Post, feed: Feed) -> str:
    """Write the post with Hugo's own names: `lastmod`, and `images` for its social cards."""
    said = facts(post, feed)
    names = {"updated": "lastmod", "lang": "language"}
    fields = {names.get(key, key): value for key, value in said.items()}
    images = [post.image.url] if post.image else None
    return document({**fields, "images": images}, harmless(post.html))
