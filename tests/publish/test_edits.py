"""The edits of a post: told or silent, and what each changed."""

from datetime import UTC, datetime, timedelta

from tests.publish.conftest import make_feed

from broadsheet.model import Original, Version
from broadsheet.publish.edits import Edit, edits_of

AT = datetime(2026, 11, 22, 8, tzinfo=UTC)
ENTRY = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>f</title><id>urn:f</id><entry><id>urn:1</id><title>t</title>'
    "{}<content>c</content></entry></feed>"
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


def dated(moment: str) -> str:
    return ENTRY.format(f"<updated>{moment}</updated>")


def test_an_edit_says_when_it_was_seen_and_what_it_changed() -> None:
    first, second = edits(
        ("t\na", dated("2026-11-22T08:00:00Z")),
        ("t\nb", dated("2026-11-22T09:00:00Z")),
        ("u\nb", dated("2026-11-22T10:00:00Z")),
    )
    assert (first.number, first.seen_at, first.reason) == (2, AT + timedelta(hours=2), "edited: title")
    assert [change.is_title for change in first.changes or ()] == [False]
    assert [change.is_title for change in second.changes or ()] == [True]


def test_an_edit_is_silent_where_the_feed_gives_no_new_time_of_change() -> None:
    early, late = dated("2026-11-22T08:00:00Z"), dated("2026-11-22T09:00:00Z")
    found = edits(("t\na", early), ("t\nb", early), ("t\nc", late), ("t\nd", late), ("t\ne", ENTRY.format("")))
    assert [edit.silent for edit in found] == [True, False, True, True]


def test_an_original_that_cannot_be_read_tells_of_nothing() -> None:
    assert [edit.silent for edit in edits(("t\na", "gone"), ("t\nb", "gone"))] == [True]


def test_a_post_file_tells_of_a_change_too() -> None:
    file = "---\ntitle: t\nupdated: 2026-11-22T0{}:00:00Z\n---\nx"
    assert [edit.silent for edit in edits(("t\na", file.format(1)), ("t\nb", file.format(2)))] == [False]


def test_what_was_not_kept_is_not_compared() -> None:
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
    assert edits(("t\na", "")) == ()
