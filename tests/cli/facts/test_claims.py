"""Claims on the terminal: listed, narrowed, printed with the story that tells them."""

from pathlib import Path

import pytest
from tests.cli.conftest import Call
from tests.group.ledger.samples import NOON

from broadsheet.model import Claim, LedgerChanges, LedgerEntry, Party, Step, entry_id
from broadsheet.store import open_store


def entry(post: str, company: tuple[str, str], status: str) -> LedgerEntry:
    quote = f"{company[0]}正洽谈合作"
    return LedgerEntry(
        id=entry_id(post, 0, NOON),
        event="partnership",
        parties=(Party(*company), Party("北汽集团", "baic-group")),
        claim=Claim(start=0, end=len(quote), quote=quote, event="partnership"),
        status=status,  # type: ignore[arg-type]
        stage="talks",
        steps=(Step(kind="said", at=NOON, post_id=post, feed_id="f", start=0, end=4, quote=quote, root="彭博"),),
        roots=("彭博",),
    )


TALKS = entry("a", ("小米集团", "xiaomi"), "in_talks")
DENIED = entry("b", ("比亚迪", "byd"), "denied")


@pytest.fixture
def ledger(paper: Path) -> Path:
    with open_store(str(paper / "broadsheet.db")) as store:
        store.ledger.keep(LedgerChanges(entries=(TALKS, DENIED)), NOON)
    return paper


def ids(call: Call, *options: str) -> set[str]:
    return {one["id"] for one in call("claims", *options, "--json").json}


def test_claims_are_told_in_the_papers_language(ledger: Path, call: Call) -> None:
    answer = call("claims")
    assert answer.code == 0
    assert "洽谈中 · 合作 · 小米集团、北汽集团" in answer.out
    assert "已否认" in answer.out


def test_they_are_narrowed_by_what_is_open_by_company_and_by_silence(ledger: Path, call: Call) -> None:
    assert ids(call) == {TALKS.id, DENIED.id}
    assert ids(call, "--open") == {TALKS.id}
    assert ids(call, "--company", "小米") == ids(call, "--company", "小米 北汽") == {TALKS.id}
    assert ids(call, "--company", "北汽", "--open") == {TALKS.id}
    assert ids(call, "--company", "北汽", "--silent", "36500") == set()
    assert ids(call, "--company", "没有这家") == set()
    assert ids(call, "--silent", "36500") == set()
    assert len(ids(call, "--limit", "1")) == 1


def test_a_question_that_nothing_answers_says_so_and_who_is_nobody(ledger: Path, call: Call) -> None:
    answer = call("claims", "--company", "没有这家")
    assert answer.out == "no claim is so; `broadsheet claims` lists those there are\n"
    assert answer.err.startswith("没有这家 means no company: ")
    assert call("claims", "--company", "北汽").err == ""
    assert call("claims", "--silent", "36500").out.startswith("no claim is so")


def test_a_paper_without_claims_says_what_they_come_of(paper: Path, call: Call) -> None:
    assert call("claims").out.startswith("no claims")
