"""A ledger entry tells its life by its steps."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from broadsheet.model import Annotations, Claim, Grounds, LedgerEntry, LedgerPost, Party, Step, entry_id

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CLAIM = Claim(start=0, end=4, quote="甲购乙", event="acquisition")
SAID = Step(kind="said", at=NOON, post_id="p", feed_id="f", start=0, end=4, quote="甲购乙", root="anonymous")
ENTRY = LedgerEntry(
    id=entry_id("p", 0, NOON),
    event="acquisition",
    parties=(Party("甲"), Party("乙", "yi")),
    claim=CLAIM,
    status="rumour",
    stage="talks",
    steps=(SAID, replace(SAID, kind="denied", at=NOON.replace(hour=14))),
    roots=("anonymous",),
)


def test_it_begins_with_its_first_step_and_is_silent_after_its_last() -> None:
    assert (ENTRY.first_at.hour, ENTRY.last_at.hour) == (12, 14)


@pytest.mark.parametrize(("status", "is_open"), [("rumour", True), ("in_talks", True), ("denied", False)])
def test_it_is_open_until_something_settles_it(status: str, is_open: bool) -> None:
    assert replace(ENTRY, status=status).is_open is is_open


def test_its_id_is_of_the_day_and_place_where_it_was_first_said() -> None:
    assert ENTRY.id.startswith("20261120-")
    assert entry_id("p", 1, NOON) != ENTRY.id


def test_it_is_silent_for_whole_days() -> None:
    assert [ENTRY.silent_days(ENTRY.last_at + timedelta(hours=hours)) for hours in (-1, 23, 49)] == [0, 0, 2]


def test_a_post_of_the_ledger_needs_an_aware_moment() -> None:
    with pytest.raises(ValueError, match="UTC"):
        LedgerPost(
            post_id="p",
            feed_id="f",
            outlet="o",
            published=datetime(2026, 11, 20),  # noqa: DTZ001
            facts=Annotations(language="zh", text=""),
        )


@pytest.mark.parametrize(
    ("stage", "official", "reach"),
    [
        ("planned", True, "own_plan"),
        ("planned", False, "planned"),
        ("considering", True, "considering"),
        ("talks", False, None),
    ],
)
def test_it_says_how_far_it_has_come_where_its_status_does_not(stage: str, official: bool, reach: str | None) -> None:
    assert replace(ENTRY, stage=stage, grounds=Grounds(official=official)).reach == reach
