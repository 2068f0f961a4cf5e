"""Facts are found as posts arrive, again after edits, in the zone of their feed, and to the end after a kill."""

import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from tests.pipeline.stories.test_joining import store_posts
from tests.store.builders import make_batch, make_feed, make_revision

from broadsheet.annotate import NameBook, annotate_post
from broadsheet.annotate.rules import rules_digest
from broadsheet.model import CompanyBook, Revision
from broadsheet.pipeline.facts import finding as module
from broadsheet.pipeline.facts.finding import annotate_new, count_outdated, reannotate
from broadsheet.pipeline.report import FactsReport
from broadsheet.store import Facts, Store, open_store

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)  # half past two in the morning of the 23rd in Shanghai


def post(name: str, body: str, *, language: str | None = "zh", at: datetime = NIGHT) -> Revision:
    revision = make_revision(name, title=name, body=body, at=at)
    return replace(revision, clean=replace(revision.clean, language=language))


CAR = post("车企", "小米集团股价昨日涨超3%。知情人士称，小米集团正与比亚迪洽谈收购事宜。")
RAIN = post("天气", "今晚到明天有小雨，出门请带雨具。")
REPLY = post("回应", "比亚迪否认收购传闻。")
POSTS = [CAR, RAIN, REPLY]


@pytest.fixture
def filled(store: Store) -> Store:
    store.apply([make_batch(*POSTS)])
    return store


def test_facts_are_found_in_every_post_once(filled: Store) -> None:
    seen: list[FactsReport] = []
    report = annotate_new(filled, SHANGHAI, seen.append)
    facts = filled.facts.of([one.post_id for one in POSTS])
    assert len(facts) == report.posts == 3
    assert report.mentions == sum(len(one.mentions) for one in facts.values())
    assert report.moves == len(facts[CAR.post_id].moves) == 1
    assert report.claims == sum(len(one.claims) for one in facts.values()) > 0
    assert report.cpu_s > 0
    assert seen == [report]
    assert filled.facts.posts_of("xiaomi") == [CAR.post_id]
    assert annotate_new(filled, SHANGHAI).posts == 0


def test_days_are_reckoned_in_the_zone_of_the_feed_or_of_the_paper(store: Store) -> None:
    zones = {"paper": None, "feed": "America/New_York", "nonsense": "Mars/Olympus"}
    for name, zone in zones.items():
        feed = replace(make_feed(f"https://{name}.example/"), zone=zone)
        store.apply([make_batch(post(name, "小米集团昨日发布公告。"), feed=feed)])
    annotate_new(store, SHANGHAI)
    said = {}
    for ref in store.refs():
        (day,) = store.facts.of([ref.id])[ref.id].dates
        said[store.post(ref.id).title] = day.value
    assert said == {"paper": "2026-11-22", "feed": "2026-11-21", "nonsense": "2026-11-22"}


def test_a_post_of_no_known_language_is_read_too(store: Store) -> None:
    store.apply([make_batch(post("x", "小米集团 (1810.HK)", language=None))])
    annotate_new(store, SHANGHAI)
    assert store.facts.posts_of("xiaomi")


def test_an_edit_is_read_again_and_nothing_else(filled: Store) -> None:
    annotate_new(filled, SHANGHAI)
    changed = replace(post("天气", "比亚迪发布公告。"), post_id=RAIN.post_id)
    store_posts(filled, [("news", replace(changed, entry_id="other"))])
    filled.apply([make_batch(changed)])
    assert annotate_new(filled, SHANGHAI).posts == 2
    assert RAIN.post_id in filled.facts.posts_of("byd")


@pytest.mark.parametrize("portion", [1, 2])
def test_facts_are_the_same_in_whatever_portions_posts_are_read(
    filled: Store, portion: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    annotate_new(filled, SHANGHAI)
    ids = [one.post_id for one in POSTS]
    before = filled.facts.of(ids)
    monkeypatch.setattr(module, "PORTION", portion)
    assert reannotate(filled, SHANGHAI).posts == 3
    assert filled.facts.of(ids) == before


def test_posts_read_with_other_rules_or_another_book_are_counted_and_read_by_a_rework(filled: Store) -> None:
    assert count_outdated(filled) == 0
    portion = filled.facts.unread()
    nobody = {one.post_id: annotate_post(one.text, "zh", NIGHT, NameBook(CompanyBook())) for one in portion.posts}
    filled.facts.keep(portion, nobody, (rules_digest(), "a book of before"))
    assert count_outdated(filled) == 3
    assert annotate_new(filled, SHANGHAI).posts == 0
    assert reannotate(filled, SHANGHAI).posts == 3
    assert count_outdated(filled) == 0


def test_who_was_overtaken_reads_again(filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process keeps facts between our reading and our keeping: what we found is not kept, but found again."""
    keep = Facts.keep

    def late(self: Facts, *given: object) -> bool:
        monkeypatch.setattr(Facts, "keep", keep)
        with open_store(str(tmp_path / "paper.db")) as other:
            annotate_new(other, SHANGHAI)
        return keep(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Facts, "keep", late)
    assert annotate_new(filled, SHANGHAI).posts == 0
    assert len(filled.facts.of([one.post_id for one in POSTS])) == 3


KILLED = """
import os, signal, sys
from zoneinfo import ZoneInfo
from broadsheet.pipeline.facts import finding
from broadsheet.store import open_store
finding.PORTION = 1
with open_store(sys.argv[1]) as store:
    finding.reannotate(store, ZoneInfo("Asia/Shanghai"), lambda report: os.kill(os.getpid(), signal.SIGKILL))
"""


def test_a_killed_rework_is_finished_by_the_next_run(filled: Store, tmp_path: Path) -> None:
    annotate_new(filled, SHANGHAI)
    command = [sys.executable, "-c", KILLED, str(tmp_path / "paper.db")]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert filled.facts.count_unread() == 2
    assert annotate_new(filled, SHANGHAI).posts == 2
    assert filled.facts.count_unread() == 0
