"""Pages of the reader's own, in the paper's theme, and what is laid over the paper's pages."""

from collections.abc import Mapping

from litestar import MediaType, Response

from broadsheet.model import Marks
from broadsheet.publish.addresses import root_of
from broadsheet.web.access.doors import Visitor
from broadsheet.web.house.house import House
from broadsheet.web.house.overlay import lay_over


def print_page(
    house: House,
    visitor: Visitor,
    template: str,
    path: str,
    context: Mapping[str, object],
    *,
    status: int = 200,
    marks: Mapping[str, Marks] = {},
) -> Response[bytes]:
    """Fill a template of the reader's for the page at `path`, which is relative and names a file.

    `marks` are laid over the posts that it shows.
    """
    filled = house.theme.render(template, path, {"csrf": visitor.csrf, **context})
    own = house.slots.of(visitor, path)
    page = lay_over(filled, marks, head=own.head, nav=own.nav)
    return Response(page, media_type=MediaType.HTML, status_code=status)


def story_tools(house: House, path: str, story_id: str) -> bytes:
    """Print the way to what a reader can say of a story."""
    context = {"root": root_of(path), "story_id": story_id}
    return house.theme.environment.get_template("my-story-tools.html").render(context).encode()


def tools(house: House, visitor: Visitor, path: str, post_id: str, marks: Marks) -> bytes:
    """Print what a reader can do with the post of a page."""
    context = {"csrf": visitor.csrf, "root": root_of(path), "path": path, "post_id": post_id, "own": marks}
    return house.theme.environment.get_template("my-tools.html").render(context).encode()
