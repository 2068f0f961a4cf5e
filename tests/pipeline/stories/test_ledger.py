"""The ledger is kept as posts arrive: in whatever order, across stories, and again from all of them."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from tests.pipeline.outlet import START
from tests.pipeline.stories.test_joining import post, store_posts

from broadsheet.model import LedgerEntry
from broadsheet.pipeline.facts.finding import annotate_new
from broadsheet.pipeline.stories.joining import group_new
from broadsheet.pipeline.stories.ledger import follow_again, follow_claims
from broadsheet.store import Store, open_store

SHANGHAI = ZoneInfo("Asia/Shanghai")
LATER = 60 * 24 * 20
TALKS = (
    "知情人士透露，小米集团正在与比亚迪洽谈合作建设渡轮码头，选址在江州东岸。"
    "双方的工程师上月已经两次到过现场，码头预计可以停靠十二艘电动渡轮。"
    "截至发稿，小米集团与比亚迪均未回应。"
)
TOLD = [
    post("talks", TALKS),
    post("copy", TALKS, minute=20, outlet="b"),
    post("deal", "比亚迪今日发布公告，已与小米集团签署渡轮码头合作协议。", minute=LATER, outlet="c"),
]


def _catch_up(store: Store) -> None:
    annotate_new(store, SHANGHAI)
    group_new(store, START)
    follow_claims(store, START)


def _entries(store: Store) -> list[LedgerEntry]:
    found = store.ledger.entries([ref.id for ref in store.ledger.refs()])
    return sorted((replace(entry, id="") for entry in found), key=str)


@pytest.fixture
def filled(store: Store) -> Store:
    store_posts(store, TOLD)
    _catch_up(store)
    return store


def test_a_claim_of_two_stories_is_one_entry(filled: Store) -> None:
    (entry,) = filled.ledger.of_company("byd")
    assert [(step.kind, step.carried) for step in entry.steps if step.answer is None] == [
        ("said", False),
        ("repeated", True),
        ("advanced", False),
    ]
    assert {step.party for step in entry.steps if step.answer} == {"小米集团", "比亚迪"}
    assert entry.status == "announced"
    assert entry.stories == tuple(ref.id for ref in filled.story_refs())
    assert entry in filled.ledger.of_story(entry.stories[0])
    assert filled.check() == []


def test_nothing_new_is_nothing_done(filled: Store) -> None:
    assert follow_claims(filled, START).posts == 0


def test_the_order_of_arrival_does_not_matter(filled: Store, tmp_path: Path) -> None:
    with open_store(str(tmp_path / "other.db"), create=True) as store:
        for arrived in ([TOLD[2]], [TOLD[1], TOLD[0]]):
            store_posts(store, arrived)
            _catch_up(store)
        assert _entries(store) == _entries(filled)


def test_a_rework_makes_the_same_and_keeps_ids(filled: Store) -> None:
    before = filled.ledger.refs()
    report = follow_again(filled, START + timedelta(days=1))
    assert (report.posts, report.new, report.changed, report.ended) == (3, 0, 0, 0)
    assert filled.ledger.refs() == before


def test_an_edit_that_takes_a_claim_back_ends_its_entry(store: Store) -> None:
    store_posts(store, TOLD[:1])
    _catch_up(store)
    assert store.ledger.of_company("byd")
    _, revision = TOLD[0]
    text = f"{revision.clean.title}\n今晚到明天有小雨，出门请带雨具。"
    store.replace([replace(revision, clean=replace(revision.clean, text=text))])
    annotate_new(store, SHANGHAI)
    assert follow_claims(store, START).ended > 0
    assert store.ledger.of_company("byd") == []
