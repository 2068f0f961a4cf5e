"""An archive asked in the language of `broadsheet search`: read month by month, the newest first; it has no index."""

import heapq
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, tzinfo
from itertools import groupby
from pathlib import Path
from typing import Final, TypeAlias

from msgspec import Struct

from broadsheet.scale.archive.findings import Findings
from broadsheet.scale.archive.manifest import load_manifest
from broadsheet.scale.archive.reading import Places, feed_rows, months, placed, portions, settled
from broadsheet.scale.archive.rows import Row
from broadsheet.store import Hit
from broadsheet.store.search.days import begin
from broadsheet.store.search.fold import fold, words
from broadsheet.store.search.highlight import patterns, snippet, spans
from broadsheet.store.search.query import Among, Both, Either, Part, Query, Words, filters, parse_query, sought_words
from broadsheet.store.search.textindex import body_of

_COLUMNS: Final = ("feed_id", "title", "text", "summary", "language")

Test: TypeAlias = Callable[[Row, str, str], bool]
"""Tells whether a row is meant, given its title and body as words between spaces."""


class Labels(Struct, frozen=True):
    """What the feeds of an archive are called, by id: to a person, in questions, and by section."""

    shown: Mapping[str, str]
    called: Mapping[str, str]
    sections: Mapping[str, tuple[str, ...]]


class Answer(Struct, frozen=True, kw_only=True):
    """Posts found, the newest first, with what their feeds are called; `read` posts were looked at for them."""

    hits: list[Hit]
    labels: Mapping[str, str]
    notes: tuple[str, ...]
    read: int


def search_archive(folder: Path, question: str, *, limit: int, zone: tzinfo) -> Answer:
    """Answer a question with at most `limit` posts; days in it are those of the zone.

    Words, phrases, beginnings, `-`, `or`, ( ), `title:`, `feed:`, `section:`, `after:` and `before:` mean what they
    do in a paper; so do `company:`, by the book of the archive, and `is:`, where its facts and stories were kept.
    Months are read until that is enough.

    Raises:
        NotFoundError: there is no archive in this folder.
        ConfigError: a file that the manifest names is not there, or is damaged.
    """
    manifest, places, labels = load_manifest(folder), settled(folder), _labels(folder)
    query = parse_query(question)
    findings = Findings(folder, manifest, query)
    notes = (*(note.told for note in query.notes), *_unmet(query, labels), *findings.notes)
    query = findings.answerable(query)
    if query.is_empty or limit < 1:
        return Answer(hits=[], labels=labels.shown, notes=notes, read=0)
    since = max((begin(day, zone) for day in query.since), default=None)
    until = min((begin(day, zone) for day in query.until), default=None)
    search = _Search(places, _both(query.root, labels, findings), since, until, limit)
    names = months(manifest, since, until, newest_first=True)
    for month, files in groupby(names, key=lambda name: name.split("/")[1]):
        for name in files:
            findings.turn_to(name)
            search.read(folder / name)
        if search.is_full(month.removeprefix("month=")):
            break
    return Answer(hits=search.hits(query), labels=labels.shown, notes=notes, read=search.read_count)


class _Search:
    """One question being answered: the newest posts that it means, of those read so far."""

    def __init__(
        self, places: Places, test: Test, since: datetime | None, until: datetime | None, limit: int
    ) -> None:
        self.read_count = 0
        self._places = places
        self._test = test
        self._since = since
        self._until = until
        self._limit = limit
        self._found: list[tuple[datetime, str, Row]] = []

    def read(self, path: Path) -> None:
        """Look at all posts of a file."""
        for rows in portions(path, _COLUMNS):
            for row in rows:
                current = placed(row, self._places)
                if current is not None:
                    self._look(current)

    def _look(self, row: Row) -> None:
        self.read_count += 1
        published = row["published"]
        if (self._since and published < self._since) or (self._until and published >= self._until):
            return
        if len(self._found) == self._limit and (published, row["post_id"]) <= self._found[0][:2]:
            return
        if not self._test(row, _spread(row["title"]), _spread(body_of(row["title"], row["text"]))):
            return
        found = (published, row["post_id"], row)
        if len(self._found) < self._limit:
            heapq.heappush(self._found, found)
        else:
            heapq.heapreplace(self._found, found)

    def is_full(self, month: str) -> bool:
        """Whether no older month can hold anything newer than what was found."""
        return sum(f"{published:%Y-%m}" >= month for published, _, _ in self._found) == self._limit

    def hits(self, query: Query) -> list[Hit]:
        """Give what was found, the newest first, with what is to be marked in it."""
        sought = patterns(sought_words((query.root,)))
        in_body = [one for one in sought if not one.in_title]
        found = []
        for published, post_id, row in sorted(self._found, key=lambda one: one[:2], reverse=True):
            line, marked = snippet(body_of(row["title"], row["text"]), in_body)
            place = self._places.get((row["unit"], row["row"]))
            found.append(
                Hit(
                    id=post_id,
                    feed_id=row["feed_id"],
                    title=row["title"],
                    summary=row["summary"],
                    language=row["language"],
                    image=None,
                    published=published,
                    revision=place.revision if place else 1,
                    title_spans=spans(row["title"], sought),
                    snippet=line,
                    snippet_spans=marked,
                )
            )
        return found


def _spread(text: str) -> str:
    return f" {' '.join(words(text))} "


def _test(part: Part, labels: Labels, findings: Findings) -> Test:
    match part:
        case Words():
            return _words(part)
        case Among():
            return _among(part, labels, findings)
        case Either():
            tests = [_test(one, labels, findings) for one in part.parts]
            return lambda row, title, body: any(test(row, title, body) for test in tests)
        case Both():
            return _both(part, labels, findings)


def _both(part: Both, labels: Labels, findings: Findings) -> Test:
    wanted = [_test(one, labels, findings) for one in part.wanted]
    unwanted = [_test(one, labels, findings) for one in part.unwanted]

    def test(row: Row, title: str, body: str) -> bool:
        if not all(one(row, title, body) for one in wanted):
            return False
        return not any(one(row, title, body) for one in unwanted)

    return test


def _words(part: Words) -> Test:
    runs = [f" {' '.join(way)}{'' if part.beginning else ' '}" for way in part.ways]
    if part.in_title:
        return lambda _row, title, _body: any(run in title for run in runs)
    return lambda _row, title, body: any(run in title or run in body for run in runs)


def _among(part: Among, labels: Labels, findings: Findings) -> Test:
    if part.kind not in ("feed", "section"):
        return lambda row, _title, _body: findings.holds(row, part)
    meant = _meant(part, labels)
    return lambda row, _title, _body: row["feed_id"] in meant


def _meant(part: Among, labels: Labels) -> frozenset[str]:
    if part.kind == "feed":
        wanted = fold(part.name).strip()
        return frozenset(key for key, name in labels.called.items() if key == part.name or wanted in name)
    path = tuple(fold(one).strip() for one in part.name.split("/") if one.strip())
    return frozenset(
        key
        for key, section in labels.sections.items()
        if path and any(section[at : at + len(path)] == path for at in range(len(section)))
    )


def _unmet(query: Query, labels: Labels) -> Iterator[str]:
    for one in filters((query.root,)):
        if one.kind in ("feed", "section") and not _meant(one, labels):
            yield f"{one.kind}:{one.name} means no feed here: write a part of its address, title or section"


def _labels(folder: Path) -> Labels:
    feeds = feed_rows(folder)
    return Labels(
        {key: row["title"] or row["address"] for key, row in feeds.items()},
        {key: fold(f"{row['address']}\n{row['title'] or ''}") for key, row in feeds.items()},
        {key: tuple(map(fold, row["section"])) for key, row in feeds.items()},
    )
