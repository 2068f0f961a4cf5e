"""Search on the server: every filter of `broadsheet search`, with what was found marked, and no script needed."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo

from litestar import Request, Response, get
from litestar.params import QueryParameter
from markupsafe import Markup, escape
from msgspec import Struct

from broadsheet.model import Feed, Marks
from broadsheet.store import Hit, Order, Remark, Store
from broadsheet.store.search.sifting import KINDS
from broadsheet.web.house.given import TheHouse, TheVisitor
from broadsheet.web.house.house import House
from broadsheet.web.house.printing import print_page
from broadsheet.web.reader.pages import show_file

MOST: Final = 50
Question = Annotated[str, QueryParameter(max_length=500)]
Ranking = Annotated[str, QueryParameter(pattern="^(newest|best)$")]


class Found(Struct, frozen=True, kw_only=True):
    """What a question brought out: hits, the feeds that they are from, the reader's marks, notes on the question."""

    hits: Sequence[Hit] = ()
    feeds: Mapping[str, Feed] = {}
    marks: Mapping[str, Marks] = {}
    notes: Sequence[Remark] = ()


@get("/search/", include_in_schema=False)
async def search(
    request: Request[Any, Any, Any], house: TheHouse, visitor: TheVisitor, q: Question = "", order: Ranking = "newest"
) -> Response[bytes]:
    """Answer a question; without one, the paper's own page asks for it."""
    if not q.strip():
        return await show_file(request, house, visitor, "search/")
    ranking: Order = "best" if order == "best" else "newest"
    found = await house.desk.ask(lambda store: _find(store, q, ranking, house))
    path = "search/index.html"
    context = {"question": q, "order": ranking, "found": found, "marked": marked, "kinds": KINDS}
    return print_page(house, visitor, "my-search.html", path, context, marks=found.marks)


def marked(text: str, spans: Sequence[tuple[int, int]]) -> Markup:
    """Mark spans of a text, in code points, as what was looked for."""
    pieces, end = [], 0
    for start, stop in spans:
        pieces.append(escape(text[end:start]) + Markup("<mark>") + escape(text[start:stop]) + Markup("</mark>"))
        end = stop
    return Markup("").join([*pieces, escape(text[end:])])


def _find(store: Store, question: str, order: Order, house: House) -> Found:
    hits = store.search(question, limit=MOST, order=order, zone=ZoneInfo(house.config.paper.zone))
    return Found(
        hits=hits,
        feeds={feed.id: feed for feed in store.feeds()},
        marks=store.reading.marks([hit.id for hit in hits]),
        notes=store.search_notes(question),
    )
