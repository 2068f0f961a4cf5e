"""Revisions as rows, and back."""

from datetime import UTC, datetime

from msgspec.structs import replace

from broadsheet.model import CleanEntry, Enclosure, Image, Person, Revision, SafeHtml
from broadsheet.scale.archive.rows import Row, revision_of, row_of, text_of
from broadsheet.scale.archive.schema import POSTS, arrow_schema

SEEN = datetime(2026, 11, 20, 8, tzinfo=UTC)
IMAGE = Image(url="https://news.example/1.jpg", alt="a bridge", width=800, height=600)
REVISION = Revision(
    post_id="20261120-0123456789",
    entry_id="https://news.example/1",
    entry_digest="t0123",
    digest="abcd",
    reason="new",
    seen_at=SEEN,
    published=SEEN,
    updated=SEEN,
    authors=(Person(name="Li Lei", url="https://news.example/li"), Person(email="desk@news.example")),
    categories=("cars",),
    enclosures=(Enclosure(url="https://news.example/1.mp3", type="audio/mpeg", length=12),),
    comments="https://news.example/1#say",
    clean=CleanEntry(
        title="A bridge",
        html=SafeHtml("<p>It stands.</p>"),
        text="A bridge\nIt stands.",
        summary="It stands.",
        link="https://news.example/1",
        language="en",
        image=IMAGE,
        images=(IMAGE,),
        changes={"tracker": 1},
    ),
    original=b"<rss/>",
    base_url="https://news.example/feed",
)


def through_arrow(row: Row) -> Row:
    from pyarrow import Table

    placed = {"unit": "u", "row": 0, "source": "a.warc.gz", "offset": 0} | row
    read: Row = Table.from_pylist([placed], arrow_schema(POSTS)).to_pylist()[0]
    return read


def test_a_revision_comes_back_from_its_row_as_it_was() -> None:
    assert revision_of(through_arrow(row_of(REVISION, "feed"))) == REVISION


def test_a_revision_without_what_may_be_absent_comes_back_too() -> None:
    bare = replace(REVISION, updated=None, authors=(), enclosures=(), comments=None, base_url=None)
    bare = replace(bare, clean=replace(bare.clean, image=None, images=(), language=None, link=None))
    assert revision_of(through_arrow(row_of(bare, "feed"))) == bare


def test_names_of_authors_are_a_column_and_an_author_without_one_stays_in_the_details() -> None:
    row = row_of(REVISION, "feed")
    assert row["authors"] == ["Li Lei"]
    assert "desk@news.example" in row["details"]


def test_what_utf_8_cannot_hold_costs_one_character() -> None:
    clean = replace(REVISION.clean, title="a\ud800b", image=replace(IMAGE, alt="c\ud800"))
    row = through_arrow(row_of(replace(REVISION, clean=clean), "feed"))
    assert row["title"] == "a\ufffdb"
    assert revision_of(row).clean.image == replace(IMAGE, alt="c\ufffd")


def test_grouping_reads_a_row_as_it_reads_a_post() -> None:
    post = text_of(through_arrow(row_of(REVISION, "feed")))
    assert (post.post_id, post.feed_id, post.language) == (REVISION.post_id, "feed", "en")
    assert post.text == REVISION.clean.text
    assert post.published == SEEN
