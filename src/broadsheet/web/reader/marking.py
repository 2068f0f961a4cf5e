"""What a reader does with posts: read, unread, star, tag, note; by forms that need no script, or by the script."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Final

from litestar import Request, Response, post
from litestar.enums import RequestEncodingType
from litestar.params import Body

from broadsheet.errors import ConfigError
from broadsheet.store import Store
from broadsheet.web.house.answers import see_other
from broadsheet.web.house.given import TheHouse
from broadsheet.web.reader.signin import inside

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]

MOST_POSTS: Final = 1000
_SWITCH: Final = {"1": True, "0": False}


@post("/my/mark", status_code=303, include_in_schema=False)
async def mark(request: Request[Any, Any, Any], house: TheHouse, data: Form) -> Response[bytes]:
    """Mark posts: `post` holds their ids with spaces between, `read` and `star` are 1 or 0, the rest are texts.

    `tag` and `untag` hold names with commas between, `note` a note. A script gets 204; a form is led back to `next`.
    """
    posts = data.get("post", "").split()[:MOST_POSTS]
    now = house.now()
    await house.desk.ask(lambda store: _mark(store, posts, data, now))
    if request.headers.get("x-csrf-token"):
        return Response(b"", status_code=204)
    return see_other(inside(data.get("next", "/")))


@post("/my/mark-all", status_code=303, include_in_schema=False)
async def mark_all(house: TheHouse, data: Form) -> Response[bytes]:
    """Mark as read all that had arrived when the list was made: `before`, of one feed where `feed` names it."""
    try:
        before = datetime.fromisoformat(data.get("before", ""))
    except ValueError as error:
        raise ConfigError("before", "is no moment: load the page again") from error
    feeds = [data["feed"]] if data.get("feed") else None
    now = house.now()
    await house.desk.ask(lambda store: store.reading.mark_all(now, feeds=feeds, before=before))
    return see_other(inside(data.get("next", "/my/unread/")))


def _mark(store: Store, posts: Sequence[str], data: dict[str, str], now: datetime) -> None:
    store.reading.mark(posts, now, read=_SWITCH.get(data.get("read", "")), starred=_SWITCH.get(data.get("star", "")))
    store.reading.tag(posts, add=_names(data.get("tag", "")), remove=_names(data.get("untag", "")))
    if "note" in data and len(posts) == 1:
        store.reading.note(posts[0], data["note"].strip(), now)


def _names(text: str) -> list[str]:
    return [name for part in text.replace("，", ",").split(",") if (name := part.strip())]
