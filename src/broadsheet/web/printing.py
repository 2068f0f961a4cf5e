"""Pages of the reader's own, in the paper's theme, and what is laid over the paper's pages."""

from collections.abc import Mapping
from typing import Any

from litestar import MediaType, Response

from broadsheet.model import Marks
from broadsheet.publish.addresses import root_of
from broadsheet.web.doors import Visitor
from broadsheet.web.house import House
from broadsheet.web.overlay import lay_over


def print_page(
    house: House, visitor: Visitor, template: str, path: str, context: Mapping[str, object], status: int = 200
) -> Response[bytes]:
    """Fill a template of the reader's for the page at `path`, which is relative and names a file."""
    filled = house.theme.render(template, path, {"csrf": visitor.csrf, **context})
    page = lay_over(filled, {}, **slots(house, visitor, path))
    return Response(page, media_type=MediaType.HTML, status_code=status)


def slots(house: House, visitor: Visitor, path: str) -> dict[str, Any]:
    """Print what goes into the room that every page leaves for its reader."""
    context = {
        "csrf": visitor.csrf,
        "root": root_of(path),
        "path": path,
        "style": house.asset("reader.css"),
        "script": house.asset("reader.js"),
        "signed_in": visitor.known == "session",
        "known": visitor.known != "nobody",
    }
    module = house.theme.environment.get_template("my-slots.html").make_module(context)
    return {"head": str(module.head()).encode(), "nav": str(module.nav()).encode()}  # type: ignore[attr-defined]


def story_tools(house: House, path: str, story_id: str) -> bytes:
    """Print the way to what a reader can say of a story."""
    context = {"root": root_of(path), "story_id": story_id}
    return house.theme.environment.get_template("my-story-tools.html").render(context).encode()


def tools(house: House, visitor: Visitor, path: str, post_id: str, marks: Marks) -> bytes:
    """Print what a reader can do with the post of a page."""
    context = {"csrf": visitor.csrf, "root": root_of(path), "path": path, "post_id": post_id, "own": marks}
    return house.theme.environment.get_template("my-tools.html").render(context).encode()
