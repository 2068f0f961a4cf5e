"""The ledger of ninety-seven real posts: what is one claim is one entry, and counts by its roots."""

import json
from collections.abc import Iterator
from datetime import UTC
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from itertools import combinations
from pathlib import Path

import pytest

from broadsheet.annotate import NameBook, annotate_post, curated_book
from broadsheet.clean import clean_entry
from broadsheet.group import keep_ledger
from broadsheet.model import LedgerEntry, LedgerPost
from broadsheet.parse import parse_postfile

DIGEST = "c4e3e6e0971ce8bd"
"""Of all the posts: floors hold for these texts alone."""

FEWEST_TOLD_TWICE = 27
"""Entries that several posts tell."""

MOST_ALIKE = 22
"""Pairs of entries of one story with one event and a party in common: of 19 that were read, 4 are one claim twice."""


def _files(shared: Path) -> Iterator[tuple[dict[str, str], bytes]]:
    posts = shared / "data" / "posts"
    for line in (posts / "index.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        yield row, (posts / "raw" / f"{row['id']}.md").read_bytes()
    yield {"id": "seed", "source": "凤凰网科技", "event": ""}, (shared / "data" / "seed" / "post.md").read_bytes()


def _posts(shared: Path) -> Iterator[LedgerPost]:
    book = NameBook(curated_book())
    for row, body in _files(shared):
        entry = parse_postfile(body, row["id"]).entry
        published = entry.published or parsedate_to_datetime(row["date"])
        clean = clean_entry(entry, None)
        yield LedgerPost(
            post_id=row["id"],
            feed_id=row["source"],
            outlet=row["source"],
            published=published.astimezone(UTC),
            facts=annotate_post(clean.text, clean.language or "zh-Hans", published, book),
            story_id=row["event"] or None,
        )


@pytest.fixture(scope="module")
def ledger(shared: Path) -> tuple[LedgerEntry, ...]:
    return keep_ledger(list(_posts(shared)), curated_book().ties, ()).entries


def _of(ledger: tuple[LedgerEntry, ...], post: str, event: str) -> LedgerEntry:
    (found,) = [one for one in ledger if one.steps[0].post_id == post and one.event == event][:1]
    return found


def test_floors_hold_for_the_texts_that_they_were_measured_on(shared: Path) -> None:
    found = blake2b(digest_size=8)
    for _, body in _files(shared):
        found.update(body)
    assert found.hexdigest() == DIGEST


def test_a_rumour_of_talks_is_one_entry_with_the_past_behind_it(ledger: tuple[LedgerEntry, ...]) -> None:
    talks = _of(ledger, "seed", "partnership")
    assert [party.company_id for party in talks.parties] == ["xiaomi", "baic-group"]
    assert (talks.status, talks.grounds.official) == ("in_talks", False)
    assert [(step.kind, step.party, step.answer) for step in talks.steps] == [
        ("said", None, None),
        ("asked", "小米集团", "no_reply"),
        ("asked", "北汽集团", "no_reply"),
    ]
    assert [past.value for past in talks.past] == ["2017-07-28"]
    stake = _of(ledger, "seed", "stake")
    assert (stake.status, stake.past, stake.grounds.unheard) == ("rumour", (), ("北京现代",))


def test_six_posts_on_three_carmakers_have_one_root_and_no_word_of_theirs(ledger: tuple[LedgerEntry, ...]) -> None:
    (listing,) = [one for one in ledger if one.event == "listing" and len({s.post_id for s in one.steps}) == 6]
    assert [party.name for party in listing.parties] == ["蔚来", "理想汽车", "小鹏汽车"]
    assert listing.roots == ("路透",)
    assert (listing.status, set(listing.grounds.silent)) == ("rumour", {"蔚来", "理想汽车", "小鹏汽车"})


def test_an_outlet_that_cites_another_adds_no_root(ledger: tuple[LedgerEntry, ...]) -> None:
    (panels,) = [
        one
        for one in ledger
        if {party.name for party in one.parties} == {"三星电子", "京东方"} and one.event == "product"
    ]
    assert panels.roots == ("etnews",)
    assert {step.post_id for step in panels.steps} == {"0068", "0070", "0137"}


def test_claims_of_one_story_are_neither_told_twice_nor_mixed(ledger: tuple[LedgerEntry, ...]) -> None:
    told_twice = sum(len({step.post_id for step in entry.steps}) > 1 for entry in ledger)
    assert told_twice >= FEWEST_TOLD_TWICE
    alike = [
        (one.claim.quote, other.claim.quote)
        for one, other in combinations(ledger, 2)
        if one.event == other.event
        and set(one.stories) & set(other.stories)
        and {party.name for party in one.parties} & {party.name for party in other.parties}
    ]
    assert len(alike) <= MOST_ALIKE, alike
    assert all(len(entry.stories) <= 1 for entry in ledger)
