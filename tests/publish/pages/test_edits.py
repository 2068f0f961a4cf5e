"""The edits of a post: told or silent, and what each changed."""

from datetime import UTC, datetime, timedelta

from tests.publish.conftest import make_feed

from broadsheet.model import Original, Version
from broadsheet.publish.pages.edits import Edit, edits_of

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
ENTRY = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>f</title><id>urn:f</id><entry><id>urn:1</id><title>{}</title>'
    "{}<content type='html'>&lt;p&gt;{}&lt;/p&gt;</content></entry></feed>"
)


def original(number: int, body: str) -> Original:
    return Original(
        post_id="p",
        feed_id="f",
        entry_id="urn:1",
        number=number,
        seen_at=AT + timedelta(hours=number),
        reason="edited: title",
        body=body.encode(),
        media_type="text/markdown" if body.startswith("---") else "application/xml",
        base_url=None,
    )


def edits(*revisions: tuple[str | None, str]) -> tuple[Edit, ...]:
    """The edits between revisions, each of a text and an original document."""
    originals = [original(number, body) for number, (_, body) in enumerate(revisions, 1)]
    versions = [
        Version(number=one.number, seen_at=one.seen_at, reason=one.reason, html=None, text=text)
        for one, (text, _) in zip(originals, revisions, strict=True)
    ]
    return edits_of(versions, originals, make_feed())


def said(title: str, text: str, updated: str = "") -> tuple[str | None, str]:
    """A revision whose text was not kept."""
    return None, ENTRY.format(title, f"<updated>2026-11-22T{updated}:00Z</updated>" if updated else "", text)


def test_an_edit_says_when_it_was_seen_and_what_it_changed() -> None:
    first, second = edits(said("t", "a", "08:00"), said("t", "b", "09:00"), said("u", "b", "10:00"))
    assert (first.number, first.seen_at, first.reason) == (2, AT + timedelta(hours=2), "edited: title")
    assert [change.is_title for change in first.changes or ()] == [False]
    assert [change.is_title for change in (second.changes or ())[:1]] == [True]


def test_an_edit_is_silent_where_the_feed_gives_no_new_time_of_change() -> None:
    found = edits(said("t", "a", "08:00"), said("t", "b", "08:00"), said("t", "c", "09:00"), said("t", "d"))
    assert [edit.silent for edit in found] == [True, False, True]


def test_a_rule_of_ours_that_changed_is_no_edit_of_theirs() -> None:
    by_an_old_rule = ("t\nbefore the rule", said("t", "a")[1])
    (edit,) = edits(by_an_old_rule, said("t", "a"))
    assert edit.changes == ()


def test_where_an_original_cannot_be_read_what_was_kept_is_compared() -> None:
    (edit,) = edits(("t\na", "gone"), ("t\nb", "gone"))
    assert edit.silent
    assert [piece.text for change in edit.changes or () for piece in change.pieces] == ["a", "b"]


def test_a_post_file_tells_of_a_change_too() -> None:
    file = "---\ntitle: t\nupdated: 2026-11-22T0{}:00:00Z\n---\nx"
    assert [edit.silent for edit in edits((None, file.format(1)), (None, file.format(2)))] == [False]


def test_what_was_neither_kept_nor_can_be_read_is_not_compared() -> None:
    assert [edit.changes for edit in edits((None, ""), ("t\nb", ""), ("t\nb", ""))] == [None, ()]


def test_only_the_newest_edits_are_compared_where_somebody_asks_for_so_many() -> None:
    originals = [original(number, "") for number in range(1, 6)]
    versions = [
        Version(number=one.number, seen_at=one.seen_at, reason="", html=None, text=f"t\n{one.number}")
        for one in originals
    ]
    assert [edit.number for edit in edits_of(versions, originals, make_feed(), 2)] == [4, 5]
    assert [edit.number for edit in edits_of(versions, originals, make_feed(), 20)] == [2, 3, 4, 5]


def test_a_post_of_one_revision_has_no_edits() -> None:
    assert edits((None, "")) == ()
