"""Claims as pages tell them."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from tests.publish.found import step, with_findings

from broadsheet.model import Edition, Feed, Post
from broadsheet.publish import load_theme
from broadsheet.publish.findings.claims import (
    LONGEST,
    asked_of,
    entries_in,
    past_of,
    sentence_round,
    standing_of,
    told_of,
)
from broadsheet.publish.findings.record import Record, lay_out_record


@pytest.fixture
def record(sample: Callable[..., Edition]) -> tuple[Record, Edition]:
    """The record of the sample paper."""
    made = with_findings(sample())
    record = lay_out_record(made, load_theme(made.paper).almanac)
    assert record is not None
    return record, made


def test_the_claim_most_told_of_is_the_principal_one(record: tuple[Record, Edition]) -> None:
    entries = entries_in(record[0], record[1].stories[0])
    assert [entry.event for entry in entries] == ["partnership", "stake"]
    standing = standing_of(entries)
    assert standing is not None
    assert (standing.entry.status, standing.asked, standing.answered) == ("in_talks", 1, 0)
    assert standing_of([]) is None


def test_what_settled_a_claim_is_what_its_status_rests_on(record: tuple[Record, Edition]) -> None:
    entries = entries_in(record[0], record[1].stories[0])
    standing = standing_of(entries[::-1])
    assert standing is not None
    assert standing.by.kind == "denied"
    assert [told.settled_by.kind if told.settled_by else None for told in told_of(entries, {})] == [None, "denied"]


def test_a_claim_is_shown_in_the_words_of_the_posts_at_hand(
    record: tuple[Record, Edition], feed: Callable[..., Feed], post: Callable[..., Post]
) -> None:
    entry = next(one for one in entries_in(record[0], record[1].stories[0]) if len(one.steps) > 1)
    again = replace(entry.steps[0], kind="repeated", post_id="later", quote="as a later post says")
    entry = replace(entry, steps=(entry.steps[0], again, *entry.steps[1:]))
    (told,) = told_of([entry], {"later": post(feed(), "later", text="as a later post says it")})
    assert (told.step.post_id, told.sentence.words) == ("later", "as a later post says")
    (told,) = told_of([entry], {})
    assert told.step == entry.steps[0]


def test_nobody_declines_who_was_not_asked(record: tuple[Record, Edition]) -> None:
    entries = entries_in(record[0], record[1].stories[0])
    told = {one.name: one.answer for one in asked_of(record[0], entries)}
    assert told == {"Xiaomi": "no_reply", "BAIC": None, "Beijing Motor": "denied"}


def test_an_older_deal_is_background_once(record: tuple[Record, Edition]) -> None:
    entries = entries_in(record[0], record[1].stories[0])
    assert [past.value for past in past_of([*entries, *entries])] == ["2017-07-28"]


@pytest.mark.parametrize(
    ("text", "words", "before", "after"),
    [
        ("t\n前一句。知情人士说，小米接触北汽，未必能成。后一句。", "小米接触北汽", "知情人士说，", "，未必能成。"),
        ("t\nBefore. It is in talks!\nAfter", "in talks", "Before. It is ", "!"),
        ("小米接触北汽", "小米接触北汽", "", ""),
    ],
)
def test_a_claim_stands_in_its_sentence(
    text: str, words: str, before: str, after: str, post: Callable[..., Post], sample: Callable[..., Edition]
) -> None:
    feed = next(iter(sample().feeds.values()))
    found = sentence_round(text, step(post(feed, "1", text=text), words))
    assert (found.before, found.words, found.after) == (before, words, after)


def test_a_long_sentence_is_cut_and_says_so(post: Callable[..., Post], sample: Callable[..., Edition]) -> None:
    feed = next(iter(sample().feeds.values()))
    text = "甲" * 500 + "要点" + "乙" * 500
    found = sentence_round(text, step(post(feed, "1", text=text), "要点"))
    assert found.before.startswith("…")
    assert found.after.endswith("…")
    assert len(found.before + found.words + found.after) <= LONGEST + 2


def test_words_that_the_text_no_longer_holds_stand_alone(
    post: Callable[..., Post], sample: Callable[..., Edition]
) -> None:
    feed = next(iter(sample().feeds.values()))
    told = step(post(feed, "1", text="Old words."), "Old words")
    assert sentence_round("New words.", told).before == ""
