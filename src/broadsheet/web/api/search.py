"""Search by the API: every filter of `broadsheet search`, and where what was looked for stands."""

from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from litestar import get
from litestar.params import QueryParameter
from msgspec import Struct

from broadsheet.model import Marks
from broadsheet.store import Order, Store
from broadsheet.web.api.posts import UNMARKED
from broadsheet.web.api.shapes import Limit, faults
from broadsheet.web.house.given import TheHouse
from broadsheet.web.house.house import House

Question = Annotated[
    str, QueryParameter(max_length=500, description="Words, phrases and filters, as `broadsheet search` has them.")
]
Ranking = Annotated[Order, QueryParameter(description="What stands first.")]


class FoundPost(Struct, frozen=True, kw_only=True):
    """A post found; spans are in code points of `title`, and of `snippet`: a line of text around the first hit."""

    id: str
    feed: str
    title: str
    title_spans: tuple[tuple[int, int], ...]
    snippet: str
    snippet_spans: tuple[tuple[int, int], ...]
    published: datetime
    language: str | None
    marks: Marks


class SearchAnswer(Struct, frozen=True, kw_only=True):
    """What a question brought out; `notes` say what it means that its asker may not expect."""

    posts: tuple[FoundPost, ...]
    notes: tuple[str, ...]


@get("/api/search", tags=["search"], summary="Search", responses=faults())
async def search(house: TheHouse, q: Question, order: Ranking = "newest", limit: Limit = 20) -> SearchAnswer:
    """Find posts by words, phrases and filters; no question is wrong."""
    return await house.desk.ask(lambda store: _find(store, q, order, limit, house))


def _find(store: Store, question: str, order: Order, limit: int, house: House) -> SearchAnswer:
    hits = store.search(question, limit=limit, order=order, zone=ZoneInfo(house.config.paper.zone))
    marks = store.reading.marks([hit.id for hit in hits])
    return SearchAnswer(
        posts=tuple(
            FoundPost(
                id=hit.id,
                feed=hit.feed_id,
                title=hit.title,
                title_spans=hit.title_spans,
                snippet=hit.snippet,
                snippet_spans=hit.snippet_spans,
                published=hit.published,
                language=hit.language,
                marks=marks.get(hit.id, UNMARKED),
            )
            for hit in hits
        ),
        notes=tuple(note.told for note in store.search_notes(question)),
    )
