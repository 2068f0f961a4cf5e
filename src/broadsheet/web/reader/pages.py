"""The paper's pages as its reader sees them: the published edition, with what is his own laid over it."""

import re
from collections.abc import Mapping
from typing import Any, Final

from litestar import MediaType, Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from broadsheet.model import Marks
from broadsheet.web.access.doors import Visitor
from broadsheet.web.house.answers import path_of
from broadsheet.web.house.edition import TYPES, File
from broadsheet.web.house.given import TheHouse, TheVisitor
from broadsheet.web.house.house import House
from broadsheet.web.house.overlay import lay_over
from broadsheet.web.house.printing import story_tools, tools

FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "private, no-cache"
_STORY: Final = re.compile(r"s/[^/]+/index\.html")


@get(["/", "/{path:path}"], include_in_schema=False)
async def published(request: Request[Any, Any, Any], house: TheHouse, visitor: TheVisitor) -> Response[bytes]:
    """Answer with a file of the published site; pages carry their reader's marks."""
    return await show_file(request, house, visitor, path_of(request).removeprefix("/"))


async def show_file(request: Request[Any, Any, Any], house: House, visitor: Visitor, path: str) -> Response[bytes]:
    """Answer with the file at a path of the site; folders are their index."""
    file = house.edition.find(path)
    if file is None:
        return _elsewhere(house, path)
    if not file.is_page:
        return _answer(request, file.content, file, file.tag)
    marks = house.desk.remember(file.tag, lambda store: store.reading.marks(file.posts)) if file.posts else {}
    page = _page(house, visitor, file, marks)
    return _answer(request, page, file, None)


@get("/my/static/{name:str}", opt={"needs": "open"}, include_in_schema=False)
async def own_file(request: Request[Any, Any, Any], house: TheHouse, name: FromPath[str]) -> Response[bytes]:
    """Answer with a file of the reader's own: its style and its script."""
    return _lasting(request, name, house.assets.get(f"my/static/{name}"))


@get("/static/{name:str}", opt={"needs": "open"}, include_in_schema=False)
async def theme_file(request: Request[Any, Any, Any], house: TheHouse, name: FromPath[str]) -> Response[bytes]:
    """Answer with a file of the theme, which even the page for signing in needs."""
    file = house.edition.find(f"static/{name}")
    content = file.content if file else house.theme.assets.get(f"static/{name}")
    return _lasting(request, name, content)


def _lasting(request: Request[Any, Any, Any], name: str, content: bytes | None) -> Response[bytes]:
    if content is None:
        raise NotFoundException(detail="there is no such file")
    kind = TYPES[f".{name.rpartition('.')[2]}"]
    return _answer(request, content, File(path=name, content=content, type=kind, tag=name, lasts=True), name)


def _elsewhere(house: House, path: str) -> Response[bytes]:
    if house.edition.is_folder(path):
        return Response(b"", status_code=308, headers={"Location": f"/{path}/"})
    missing = house.edition.find("404.html")
    if missing is None:
        raise NotFoundException(detail="there is no such page")
    return Response(missing.content, status_code=404, media_type=MediaType.HTML)


def _page(house: House, visitor: Visitor, file: File, marks: Mapping[str, Marks]) -> bytes:
    own = house.slots.of(visitor, file.path)
    return lay_over(file.content, marks, head=own.head, nav=own.nav, tools=_tools(house, visitor, file, marks))


def _tools(house: House, visitor: Visitor, file: File, marks: Mapping[str, Marks]) -> bytes:
    if file.path.startswith("p/") and file.posts:
        post_id = file.posts[0]
        return tools(house, visitor, file.path, post_id, marks.get(post_id, Marks()))
    if _STORY.fullmatch(file.path):
        return story_tools(house, file.path, file.path.split("/")[1])
    return b""


def _answer(request: Request[Any, Any, Any], content: bytes, file: File, tag: str | None) -> Response[bytes]:
    headers = {"Cache-Control": FOR_EVER if file.lasts else ASK_AGAIN}
    if tag is not None:
        headers["ETag"] = f'"{tag}"'
        if tag in request.headers.get("if-none-match", ""):
            return Response(b"", status_code=304, headers=headers)
    return Response(content, media_type=file.type, headers=headers)
