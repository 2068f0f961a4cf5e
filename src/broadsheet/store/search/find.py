"""What a question brings out: posts, newest or best first, with what was found in them marked."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Final, Literal

from msgspec.structs import asdict

from broadsheet.model import Card
from broadsheet.store.engines.engine import Engine, Row
from broadsheet.store.moments import to_us
from broadsheet.store.rows import card_of, json_of, text_of
from broadsheet.store.search.days import begin
from broadsheet.store.search.fold import words
from broadsheet.store.search.highlight import Sought, Span, patterns, snippet, spans
from broadsheet.store.search.index import index_of
from broadsheet.store.search.matching import Meant
from broadsheet.store.search.query import Among, Both, Query, Remark, Surprise, Words, parse_query, sought_words
from broadsheet.store.search.sifting import KINDS, FindCompanies, asks_of_findings, meanings, sift
from broadsheet.store.search.textindex import AFTER_ALL, BEFORE_ALL, RANKED, Bounds, body_of

Order = Literal["newest", "best"]

_US_A_NUMBER = 1000  # posts are numbered by the millisecond of their publication
_SLACK = 2 * 86_400_000  # further from it no number is, of a post dated anew either: zones differ by 26 hours at most
NO_COMPANY: Final = "no company: write a name, a code or an id; `broadsheet show company NAME` finds them"
_UNMET: Mapping[str, tuple[Surprise, str]] = {
    "feed": (
        "no-feed",
        "no feed: write its id, or a part of its address or of its name; `broadsheet status` lists them",
    ),
    "section": (
        "no-section",
        "no feed: write its path or a part of that, as in section:news/world; `broadsheet status` lists them",
    ),
    "company": ("no-company", NO_COMPANY),
    "is": ("no-is", f"no kind of post: write one of {', '.join(KINDS)}"),
}


class Hit(Card, frozen=True, kw_only=True):
    """A post found; spans are in code points of `title` and of `snippet`, a line of text around the first hit."""

    title_spans: tuple[Span, ...]
    snippet: str
    snippet_spans: tuple[Span, ...]


def find(
    engine: Engine, companies: FindCompanies, question: str, *, limit: int, order: Order, zone: tzinfo
) -> list[Hit]:
    """Answer a question with at most `limit` posts; days in it are those of the zone."""
    query = parse_query(question)
    if query.is_empty or limit < 1:
        return []
    asked = _sifted if asks_of_findings(query.root) else _matched
    nums = asked(engine, query, meanings(engine, query, companies), _bounds(query, zone), limit, order)
    rows = {row[0]: row[1:] for row in engine.rows("found", nums=json_of(nums))} if nums else {}
    if not rows:
        return []
    sought = patterns(sought_words((query.root,)))
    in_body = [one for one in sought if not one.in_title]
    return [_hit(rows[num], sought, in_body) for num in nums if num in rows]


def _matched(engine: Engine, query: Query, meant: Meant, bounds: Bounds, limit: int, order: Order) -> list[int]:
    index = index_of(engine)
    return (index.newest if order == "newest" else index.best)(query.root, meant, bounds, limit)


def _sifted(engine: Engine, query: Query, meant: Meant, bounds: Bounds, limit: int, order: Order) -> list[int]:
    """Find posts by what was found in them, too; the best are those that say most of the words asked for."""
    index = index_of(engine)
    nums = json_of(sorted(sift(engine, index, query.root, meant)))
    most = limit if order == "newest" else max(RANKED, limit)
    rows = engine.rows("sifted_newest", nums=nums, since=bounds.since, until=bounds.until, limit=most)
    found = [num for (num,) in rows]
    return found if order == "newest" else index.rank(tuple(sought_words((query.root,))), found, limit)


def older_posts(engine: Engine, sought: Sequence[str], before: datetime, limit: int) -> list[str]:
    """Find the ids of posts published before a moment that hold all of these words."""
    phrases = [tuple(words(word)) for word in sought]
    wanted = tuple(Words((phrase,)) for phrase in phrases if phrase)
    if not wanted:
        return []
    bounds = Bounds(last=to_us(before) // _US_A_NUMBER - 1)
    nums = index_of(engine).newest(Both(wanted), {}, bounds, limit)
    return [post_id for (post_id,) in engine.rows("ids_of_posts", nums=json_of(nums))]


def search_notes(engine: Engine, companies: FindCompanies, question: str) -> list[Remark]:
    """What a question means that a reader may not expect: filters that mean nothing here."""
    query = parse_query(question)
    unmet = [one for one, found in meanings(engine, query, companies).items() if not found]
    is_mute = query.is_empty and not query.notes
    empty = [Remark("nothing", "", "nothing is asked for: write words, or a filter")] if is_mute else []
    return [*query.notes, *empty, *map(unmet_note, unmet)]


def unmet_note(among: Among) -> Remark:
    """Say of a filter that it means nothing here, and what may be written."""
    about = f"{among.kind}:{among.name}"
    what, meaning = _UNMET[among.kind]
    return Remark(what, about, f"{about} means {meaning}")


def _bounds(query: Query, zone: tzinfo) -> Bounds:
    if not query.since and not query.until:
        return Bounds()
    since = max((to_us(begin(day, zone)) for day in query.since), default=BEFORE_ALL)
    until = min((to_us(begin(day, zone)) for day in query.until), default=AFTER_ALL)
    first, last = since // _US_A_NUMBER - _SLACK, until // _US_A_NUMBER + _SLACK
    return Bounds(first, last, since, until)


def _hit(row: Row, in_title: Sequence[Sought], in_body: Sequence[Sought]) -> Hit:
    card = card_of(row[:-1])
    body = body_of(card.title, text_of(row[-1]))
    line, marked = snippet(body, in_body)
    return Hit(**asdict(card), title_spans=spans(card.title, in_title), snippet=line, snippet_spans=marked)
