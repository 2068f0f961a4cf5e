"""A day of 300 feeds in virtual time: what their servers saw is counted, and no promise is broken."""

from collections import Counter
from pathlib import Path

import pytest
from tests.pipeline.manners import breaches
from tests.pipeline.simulated import PER_HOST, SPACING_S, Life, virtual_means
from tests.pipeline.town import GONE_FROM, HOUR, THROTTLED, throttles

from broadsheet.model import Policy
from broadsheet.pipeline.update import update

FEEDS = 300


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Life:
    """A whole day, with the paper stopped and started again at noon."""
    life = Life(tmp_path_factory.mktemp("day") / "paper.db", FEEDS)
    life.until(12)
    life.until(24)
    return life


def statuses(life: Life) -> Counter[int]:
    return Counter(visit.status for visit in life.web.visits)


def test_no_promise_is_broken(day: Life) -> None:
    assert breaches(day.web, SPACING_S, PER_HOST) == []


def breaches_by(life: Life, hour: int) -> list[str]:
    life.until(hour)
    return breaches(life.web, SPACING_S, PER_HOST)


@pytest.mark.parametrize(
    "rude",
    [Policy(floor_s=1800), Policy(blind_s=3600), Policy(longest_s=3600), Policy(held_s=0), Policy(backoff_s=3600)],
    ids=["floor", "blind", "caching and ttl", "Retry-After", "backoff"],
)
def test_a_reader_without_manners_is_noticed(tmp_path: Path, rude: Policy) -> None:
    life = Life(tmp_path / "paper.db", 60, rude)
    assert any(breaches_by(life, hour) for hour in range(1, 9))


def test_a_burst_is_noticed(tmp_path: Path) -> None:
    life = Life(tmp_path / "paper.db", 60)
    with life.open() as store:
        update(store, virtual_means(life.web, spacing_s=0.0))
    assert breaches(life.web, SPACING_S, PER_HOST)
    assert breaches(life.web, 0.0, 1)


def test_validators_come_back_as_they_were_given(day: Life) -> None:
    assert not day.town.complaints
    assert statuses(day)[304] > statuses(day)[200]


def test_the_day_was_as_hard_as_it_was_meant_to_be(day: Life) -> None:
    assert set(statuses(day)) == {0, 200, 301, 304, 403, 404, 410, 429, 500, 503}
    assert max(day.web.most.values()) == PER_HOST


def test_a_paper_that_is_started_again_asks_nobody_early(tmp_path: Path) -> None:
    life = Life(tmp_path / "paper.db", 50)
    polls = []
    for _ in range(3):
        with life.open() as store:
            polls.append(update(store, virtual_means(life.web)).polled)
    assert polls == [50, 0, 0]


def test_gone_feeds_are_asked_once_more_and_never_again(day: Life) -> None:
    late = Counter(
        visit.path
        for visit in day.web.visits
        if visit.started >= GONE_FROM and "/gone/" in visit.path and visit.status == 410
    )
    assert late
    assert set(late.values()) == {1}


def test_a_host_that_throttles_says_so_to_few_and_is_asked_again_afterwards(day: Life) -> None:
    visits = [visit for visit in day.web.visits if throttles(visit.host)]
    refused = Counter(visit.host for visit in visits if visit.status == 429)
    assert refused
    assert max(refused.values()) <= PER_HOST
    assert any(visit.started > THROTTLED[1] + HOUR and 0 < visit.status < 400 for visit in visits)


def test_a_healthy_feed_is_polled_all_day_whatever_its_neighbours_answer(day: Life) -> None:
    polls = Counter(visit.path for visit in day.web.visits if "/plain/" in visit.path and not throttles(visit.host))
    assert min(polls.values()) >= 10
