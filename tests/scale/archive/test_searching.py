"""An archive asked in the language of the paper's search."""

from datetime import UTC
from pathlib import Path

import pytest
from tests.scale.archive.samples import rss, wish

from broadsheet.scale.archive.build import build_archive
from broadsheet.scale.archive.searching import Answer, search_archive

POSTS = (
    ("2026-09-01", "Bridge opens", "The old bridge over the river is open.", "[town, roads]"),
    ("2026-10-01", "新能源汽车", "北京汽车发布了新能源汽车，工程師说。", "[cars]"),
    ("2026-10-02", "Road closed", "The bridge road was closed. Iphone17 users knew.", "[town, roads]"),
    ("2026-11-01", "Bridges", "No word of the crossing, said bridges-watchers.", "[town, rivers]"),
)


@pytest.fixture
def archive(tmp_path: Path, here: list[str]) -> Path:
    """Four posts of three months."""
    (tmp_path / "in").mkdir()
    for day, title, text, section in POSTS:
        front = f"title: {title}\ndate: {day} 08:00:00 +0000\ncategories: {section}"
        (tmp_path / "in" / f"{day}.md").write_text(f"---\n{front}\n---\n<p>{text}</p>\n", "utf-8")
    (tmp_path / "in" / "feed.xml").write_bytes(rss(("1", "A lake")))
    build_archive([tmp_path / "in"], tmp_path / "out", wish())
    return tmp_path / "out"


def ask(archive: Path, question: str, limit: int = 9) -> Answer:
    return search_archive(archive, question, limit=limit, zone=UTC)


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("bridge", ["Road closed", "Bridge opens"]),
        ("bridge*", ["Bridges", "Road closed", "Bridge opens"]),
        ('"bridge road"', ["Road closed"]),
        ('"river is closed"', []),
        ("bridge -road", ["Bridge opens"]),
        ("lake or crossing", ["A lake", "Bridges"]),
        ("(closed or opens) bridge", ["Road closed", "Bridge opens"]),
        ("title:bridge", ["Bridge opens"]),
        ("工程师", ["新能源汽车"]),
        ("新能源 -发布", []),
        ("iphone 17", ["Road closed"]),
        ("bridge after:2026-10", ["Road closed"]),
        ("bridge before:2026-10", ["Bridge opens"]),
        ("the before:2026-10 after:2026-09-02", []),
        ("feed:town", ["Bridges", "Road closed", "Bridge opens"]),
        ("section:town/roads", ["Road closed", "Bridge opens"]),
        ("-section:roads -lake", ["Bridges", "新能源汽车"]),
        ("section:/ lake", []),
        ("feed:nowhere", []),
        ("", []),
    ],
)
def test_questions_mean_what_they_mean_in_a_paper(archive: Path, question: str, titles: list[str]) -> None:
    assert [hit.title for hit in ask(archive, question).hits] == titles


def test_the_newest_are_found_and_older_months_are_not_read(archive: Path) -> None:
    answer = ask(archive, "bridge or bridges", limit=1)
    assert [hit.title for hit in answer.hits] == ["Bridges"]
    assert answer.read == 2
    assert ask(archive, "bridge", limit=0).hits == []


def test_a_hit_shows_where_the_words_stand(archive: Path) -> None:
    (hit,) = ask(archive, '"old bridge"').hits
    (span,) = hit.snippet_spans
    assert hit.snippet[span[0] : span[1]] == "old bridge"
    assert (hit.revision, hit.published.month) == (1, 9)


def test_what_this_archive_cannot_be_asked_by_is_left_out_with_a_note(archive: Path) -> None:
    answer = ask(archive, "lake company:比亚迪 -is:rumour after:yesterday")
    assert [hit.title for hit in answer.hits] == ["A lake"]
    assert [note.partition(" ")[0] for note in answer.notes] == ["after:yesterday", "company:比亚迪", "is:rumour"]


def test_feeds_are_called_by_their_titles_or_addresses(archive: Path) -> None:
    answer = ask(archive, "lake or crossing")
    assert [answer.labels[hit.feed_id] for hit in answer.hits] == ["News", "town / rivers"]
