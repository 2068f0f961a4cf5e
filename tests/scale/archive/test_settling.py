"""Entries that several units hold, settled as a store would settle them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.scale.archive.samples import NOW, contents, posts, rss, wish

from broadsheet.errors import PublishError
from broadsheet.scale.archive.build import build_archive
from broadsheet.scale.archive.manifest import load_manifest
from broadsheet.scale.archive.settling import FILE, Settled, Sight, settle, settled_of

FIRST = Sight(
    unit="a",
    row=0,
    feed_id="f",
    entry_id="e",
    post_id="20261120-0123456789",
    published=datetime(2026, 11, 20, tzinfo=UTC),
    seen_at=datetime(2026, 11, 20, 8, tzinfo=UTC),
    entry_digest="t0123456789ab",
    digest="1",
    reason="new",
)


def later(hours: int, **changes: object) -> Sight:
    return replace(FIRST, seen_at=FIRST.seen_at + timedelta(hours=hours), row=hours, **changes)


def told(*sights: Sight) -> list[tuple[int, str, int]]:
    return [(one.row, one.state, one.revision) for one in settled_of(sights)]


def test_rows_of_their_own_are_not_named() -> None:
    assert told(FIRST, replace(FIRST, entry_id="other", post_id="20261120-9876543210", row=1)) == []


def test_the_same_words_again_are_no_revision() -> None:
    assert told(later(1), FIRST) == [(0, "current", 1), (1, "again", 1)]


def test_other_words_are_the_next_revision_in_the_order_in_which_they_were_seen() -> None:
    edited, once_more = later(2, entry_digest="t2", digest="2"), later(1)
    assert told(edited, once_more, FIRST) == [(0, "older", 1), (1, "again", 1), (2, "current", 2)]


def test_what_was_said_before_the_last_edit_is_an_edit_too() -> None:
    assert told(FIRST, later(1, entry_digest="t2", digest="2"), later(2)) == [
        (0, "older", 1),
        (1, "older", 2),
        (2, "current", 3),
    ]


def test_a_change_that_no_reader_sees_is_no_revision_but_it_is_remembered() -> None:
    trivial = later(1, entry_digest="t2")
    back = later(2, digest="2", entry_digest="t2")
    assert told(FIRST, trivial, back) == [(0, "current", 1), (1, "again", 1), (2, "again", 1)]


def test_an_entry_without_a_date_keeps_the_id_and_the_date_of_its_first_row() -> None:
    next_day = later(24, post_id="20261121-0123456789", published=NOW, entry_digest="t2", digest="2")
    newest = list(settled_of([next_day, FIRST]))[1]
    assert newest == Settled(
        unit="a",
        row=24,
        state="current",
        post_id=FIRST.post_id,
        published=FIRST.published,
        revision=2,
        reason="edited: title",
    )


def test_an_edited_post_file_is_imported_again() -> None:
    first, edited = (replace(one, reason="imported") for one in (FIRST, later(1, entry_digest="t2", digest="2")))
    assert [one.reason for one in settled_of([first, edited])] == ["imported", "imported"]


def test_of_two_entries_with_one_id_the_later_gets_a_longer_one() -> None:
    other = later(1, entry_id="other")
    third = later(2, entry_id="third")
    found = list(settled_of([third, FIRST, other]))
    assert [one.row for one in found] == [1, 2]
    assert all(one.post_id.startswith(FIRST.post_id) and len(one.post_id) == 21 for one in found)
    assert len({one.post_id for one in found}) == 2


def build(folder: Path, *feeds: bytes) -> Path:
    for number, feed in enumerate(feeds):
        (folder / "in" / str(number)).mkdir(parents=True)
        (folder / "in" / str(number) / "feed.xml").write_bytes(feed)
    for number in range(len(feeds)):
        days = timedelta(days=number)
        build_archive([folder / "in" / str(number)], folder / "out", wish(now=NOW + days))
    return folder / "out"


def test_an_archive_has_each_post_once_whatever_its_units_hold(tmp_path: Path, here: list[str]) -> None:
    out = build(tmp_path, rss(("1", "A"), ("2", "B")), rss(("1", "A"), ("2", "C")), rss(("3", "D")))
    found = {row["title"]: (row["post_id"][:8], row["published"]) for row in posts(out)}
    assert found == {"A": ("20261127", NOW), "C": ("20261127", NOW), "D": ("20261129", NOW + timedelta(days=2))}


def test_settling_in_parts_gives_the_same(tmp_path: Path, here: list[str]) -> None:
    out = build(tmp_path, rss(("1", "A"), ("2", "B"), ("4", "E")), rss(("1", "A"), ("2", "C"), ("4", "F")))
    whole = posts(out)
    before = contents(out)[FILE]
    settle(out, load_manifest(out), part=2)
    assert contents(out)[FILE] != before
    assert posts(out) == whole


def test_an_archive_that_cannot_be_written_is_named(tmp_path: Path, here: list[str]) -> None:
    out = build(tmp_path, rss(("1", "A")))
    (out / FILE).unlink()
    (out / FILE).mkdir()
    with pytest.raises(PublishError, match=FILE):
        settle(out, load_manifest(out))
