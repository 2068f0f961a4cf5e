"""Jekyll: `_posts/`, dated file names, Liquid off, an address that no category changes."""

from broadsheet.model import Feed, Post
from broadsheet.publish.formats.document import Value, document, facts, harmless


def file_name(post: Post) -> str:
    """Name the file as Jekyll demands: `YYYY-MM-DD-` and the rest of the id."""
    return f"{post.id[:4]}-{post.id[4:6]}-{post.id[6:]}.html"


def render(post: Post, feed: Feed) -> str:
    """Write the post."""
    said = facts(post, feed)
    fields = {("last_modified_at" if key == "updated" else key): value for key, value in said.items()}
    fixed: dict[str, Value] = {"layout": "post", "permalink": f"/p/{post.id}/", "render_with_liquid": False}
    return document({**fields, **fixed}, harmless(post.html))
