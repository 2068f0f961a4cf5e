"""What the ledger knows, in words of two languages."""

from typing import get_args

import pytest
from msgspec.structs import replace
from tests.group.ledger.samples import NOON, TIES, claim, post

from broadsheet.annotate.cues import read_entries
from broadsheet.group.ledger.keep import keep_ledger
from broadsheet.group.ledger.words import Words
from broadsheet.group.texts.listed import read_lines
from broadsheet.model import Answer, Event, Grounds, LedgerChange, Source, Status, StepKind, Turn

(ENTRY,) = keep_ledger(
    (post("a", claim("青禾正洽谈收购远帆", stage="talks", name="知情人士", status="in_talks"), outlet="彭博社",
          answers=(("青禾", "no_reply"),)),),
    TIES,
    (),
).entries  # fmt: skip
ENGLISH, CHINESE = Words("en"), Words("zh-CN")


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("status", get_args(Status)),
        ("event", get_args(Event)),
        ("step", get_args(StepKind)),
        ("answer", get_args(Answer)),
        ("source", get_args(Source)),
        ("turn", get_args(Turn)),
        ("stage", ("considering", "planned", "own_plan", "intent", "agreement", "approval", "paused")),
        ("hedge", tuple(sorted({one.value for tag in ("zh", "en") for one in read_entries("hedges", tag)}))),
    ],
)
def test_every_value_has_its_words(kind: str, values: tuple[str, ...]) -> None:
    for value in values:
        assert ENGLISH.of(kind, value).isascii()
        assert not CHINESE.of(kind, value).isascii()


def test_both_languages_fill_in_the_same() -> None:
    for line in read_lines("ledger_words.tsv"):
        *_, english, chinese = line.split("\t")
        assert english.count("{}") == chinese.count("{}"), line


def test_a_claim_is_told_with_why_it_stands_there() -> None:
    assert ENGLISH.head(ENTRY) == "in talks · acquisition · 青禾, 远帆"
    assert CHINESE.why(ENTRY) == (
        "一个独立源头：彭博；来源：匿名人士；当事方均未表态；未获青禾回应；尚无远帆的说法；"
        "何者会改变：被问及者作答、出现第二个独立源头、当事方证实、当事方否认。"
    )
    view = replace(ENTRY, status="view", roots=("甲", "乙"), grounds=Grounds(sources=("analyst",)))
    assert ENGLISH.why(view) == "2 independent roots: 甲, 乙; told by an analyst."
    decided = replace(ENTRY, roots=("",), grounds=Grounds(official=True, overruled=("denied",)))
    assert ENGLISH.why(decided) == "no root is named; a party's word or a record decides; before: denied."


def test_a_step_is_told_with_its_source_and_its_root() -> None:
    said, asked = ENTRY.steps
    assert CHINESE.step(said) == "首次提出 · 知情人士 ← 彭博"
    assert ENGLISH.step(replace(said, source_name=None, root="")) == "first said · anonymous people"
    assert ENGLISH.step(asked) == "青禾 did not reply"
    assert ENGLISH.step(replace(asked, asker="晨报")) == "青禾 did not reply · asked by 晨报"


def test_a_change_is_told_in_one_line() -> None:
    change = LedgerChange(number=1, at=NOON, before=None, after="in_talks", step=ENTRY.steps[1], entry=ENTRY)
    assert ENGLISH.change(change) == "青禾, 远帆: new: in talks"
    assert CHINESE.change(replace(change, before="rumour")) == "青禾、远帆：传闻 → 洽谈中"
    assert ENGLISH.change(replace(change, before="in_talks")) == "青禾, 远帆: 青禾 did not reply"


def test_what_a_claim_leaves_open_is_told_in_one_line() -> None:
    plan = replace(ENTRY, stage="planned", hedges=("preliminary", "no_assurance"))
    assert ENGLISH.reserve(ENTRY) == ""
    assert ENGLISH.reserve(plan) == "planned, preliminary, no assurance"
    assert CHINESE.reserve(replace(plan, hedges=(), grounds=Grounds(official=True))) == "当事方自己的计划"
