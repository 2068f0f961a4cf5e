"""The search index: what goes in, and what a question brings out."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Literal

import msgspec
from msgspec.structs import asdict

from broadsheet.model import Card
from broadsheet.store.days import begin
from broadsheet.store.fold import fold, split, words
from broadsheet.store.highlight import Span, patterns, snippet, spans
from broadsheet.store.matching import Meant, marks, match_expression
from broadsheet.store.moments import to_us
from broadsheet.store.query import Both, Either, Query, parse_query, sought_words
from broadsheet.store.rows import card_of, json_of, text_of
from broadsheet.store.sifting import KINDS, FindCompanies, asks_of_findings, meanings, sift
from broadsheet.store.sqlite import Row, Sqlite

Order = Literal["newest", "best"]
Text = tuple[str, str]
"""Title and text of a post."""

RANKED = 5000  # how many posts that hold the words are compared for the best: the newest so many

_BEFORE_ALL = -(2**63)
_AFTER_ALL = 2**63 - 1
_PORTION = 500
_US_A_NUMBER = 1000  # posts are numbered by the millisecond of their publication
_SLACK = 2 * 86_400_000  # further from it no number is, of a post dated anew either: zones differ by 26 hours at most
_CALLED = {
    "feed": "write its id, or a part of its address or of its name; `broadsheet feeds` lists them",
    "section": "write its path or a part of that, as in section:news/world; `broadsheet feeds` lists them",
    "company": "write a name, a code or an id; `broadsheet show company NAME` finds them",
    "is": f"write one of {', '.join(KINDS)}",
}
_NOTHING = {"feed": "feed", "section": "feed", "company": "company", "is": "kind of post"}


class Hit(Card, frozen=True, kw_only=True):
    """A post found; spans are in code points of `title` and of `snippet`, a line of text around the first hit."""

    title_spans: tuple[Span, ...]
    snippet: str
    snippet_spans: tuple[Span, ...]


class IndexChanges:
    """What one transaction does to the index, gathered so that it is done once a post and in rising order.

    FTS5 writes a segment whenever row ids go down: in order, a transaction makes one.
    """

    def __init__(self) -> None:
        self._old: dict[int, Text] = {}
        self._new: dict[int, tuple[int, Text]] = {}

    def add(self, num: int, feed: int, text: Text) -> None:
        """Index a new post of a feed, given by its number."""
        self._new[num] = feed, text

    def replace(self, num: int, feed: int, old: Text, text: Text) -> None:
        """Index a post anew; `old` is what the store held."""
        if num not in self._new:
            self._old[num] = old
        self._new[num] = feed, text

    def write(self, engine: Sqlite) -> None:
        """Bring the index up to date."""
        if not self._old:
            engine.write_all("index_text", (_entry(num, *self._new[num]) for num in sorted(self._new)))
            return
        for num in sorted(self._new):
            feed, text = self._new[num]
            if num in self._old:
                engine.write("forget_text", _entry(num, feed, self._old[num]))
            engine.write("index_text", _entry(num, feed, text))


def reindex(engine: Sqlite) -> int:
    """Make the whole index again from the posts; how many there are. Belongs inside a transaction."""
    engine.rows("forget_all")
    done, after = 0, _BEFORE_ALL
    while rows := engine.rows("texts_to_index", after=after, limit=_PORTION):
        entries = (_entry(num, feed, (title, text_of(content))) for num, feed, title, content in rows)
        engine.write_all("index_text", entries)
        done, after = done + len(rows), rows[-1][0]
    return done


def _entry(num: int, feed: int, text: Text) -> Mapping[str, object]:
    title, whole = text
    return {
        "num": num,
        "title": split(fold(title)),
        "body": split(fold(body_of(title, whole))),
        "marks": marks(feed),
    }


def body_of(title: str, text: str) -> str:
    """The text of a post without the title line that it begins with."""
    return text[len(title) + 1 :] if text.startswith(f"{title}\n") else text


def find(
    engine: Sqlite, companies: FindCompanies, question: str, *, limit: int, order: Order, zone: tzinfo
) -> list[Hit]:
    """Answer a question with at most `limit` posts; days in it are those of the zone."""
    query = parse_query(question)
    if query.is_empty or limit < 1:
        return []
    asked = _sifted if asks_of_findings(query.root) else _matched
    found = asked(engine, query, meanings(engine, query, companies), limit, order, zone)
    nums = [num for (num,) in found]
    rows = {row[0]: row[1:] for row in engine.rows("found", nums=msgspec.json.encode(nums).decode())}
    sought = tuple(sought_words((query.root,)))
    in_title, in_body = patterns(sought), patterns(one for one in sought if not one.in_title)
    return [_hit(rows[num], in_title, in_body) for num in nums if num in rows]


def _matched(engine: Sqlite, query: Query, meant: Meant, limit: int, order: Order, zone: tzinfo) -> list[Row]:
    asked = {"match": match_expression(query.root, meant), "limit": limit, "ranked": max(RANKED, limit)}
    if query.since or query.until:
        return engine.rows(f"find_{order}_of_days", **asked, **_bounds(query, zone))
    return engine.rows(f"find_{order}", **asked)


def _sifted(engine: Sqlite, query: Query, meant: Meant, limit: int, order: Order, zone: tzinfo) -> list[Row]:
    """Find posts by what was found in them, too; the best are those that say most of the words asked for."""
    nums = json_of(sorted(sift(engine, query.root, meant)))
    bounds = _bounds(query, zone)
    days = {"nums": nums, "since": bounds["since"], "until": bounds["until"]}
    if order == "newest":
        return engine.rows("sifted_newest", **days, limit=limit)
    spoken = match_expression(Either((Both(), *sought_words((query.root,)))), meant)
    return engine.rows("sifted_best", **days, match=spoken, limit=limit, ranked=max(RANKED, limit))


def older_posts(engine: Sqlite, sought: Sequence[str], before: datetime, limit: int) -> list[str]:
    """Find the ids of posts published before a moment that hold all of these words."""
    phrases = [words(word) for word in sought]
    match = " AND ".join(f'"{" ".join(phrase)}"' for phrase in phrases if phrase)
    if not match:
        return []
    rows = engine.rows("find_older", match=match, before=to_us(before) // _US_A_NUMBER, limit=limit)
    return [post_id for (post_id,) in rows]


def search_notes(engine: Sqlite, companies: FindCompanies, question: str) -> list[str]:
    """What a question means that a reader may not expect: filters that mean nothing here."""
    query = parse_query(question)
    unmet = [one for one, found in meanings(engine, query, companies).items() if not found]
    told = (f"{one.kind}:{one.name} means no {_NOTHING[one.kind]}: {_CALLED[one.kind]}" for one in unmet)
    return [*query.notes, *told]


def _bounds(query: Query, zone: tzinfo) -> Mapping[str, int]:
    since = max((to_us(begin(day, zone)) for day in query.since), default=_BEFORE_ALL)
    until = min((to_us(begin(day, zone)) for day in query.until), default=_AFTER_ALL)
    first, last = since // _US_A_NUMBER - _SLACK, until // _US_A_NUMBER + _SLACK
    return {"since": since, "until": until, "first": first, "last": last}


def _hit(row: Row, in_title: Sequence[re.Pattern[str]], in_body: Sequence[re.Pattern[str]]) -> Hit:
    card = card_of(row[:-1])
    body = body_of(card.title, text_of(row[-1]))
    line, marked = snippet(body, in_body)
    return Hit(**asdict(card), title_spans=spans(card.title, in_title), snippet=line, snippet_spans=marked)
