"""An archive asked by what was found in its posts."""

from datetime import UTC
from pathlib import Path

import pytest
from tests.scale.archive.samples import wish

from broadsheet.annotate import curated_book
from broadsheet.errors import ConfigError
from broadsheet.scale.archive.build import build_archive
from broadsheet.scale.archive.kin.adding import add_kin
from broadsheet.scale.archive.manifest import load_manifest
from broadsheet.scale.archive.searching import Answer, search_archive

LONG = "记者从多个渠道获悉，这座城市的新车站将在明年春天开通，施工方说一切顺利，市民可以免费试乘三天。" * 4
POSTS = (
    ("2026-09-01", "传小米将收购北汽", "<p>据知情人士透露，小米集团正在洽谈收购北京汽车。</p>", "a"),
    ("2026-10-01", "比亚迪否认收购传闻", "<p>比亚迪回应称，公司收购蔚来的消息不实。</p>", "a"),
    ("2026-10-02", "小米股价上涨", "<p>小米集团股价今日上涨5.2%。</p>", "b"),
    ("2026-11-01", "新车站开通", f"<p>{LONG}</p>", "a"),
    ("2026-11-02", "车站要开了", f"<p>{LONG}</p>", "b"),
)


@pytest.fixture
def sources(tmp_path: Path, here: list[str]) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for day, title, text, section in POSTS:
        front = f"title: {title}\ndate: {day} 08:00:00 +0000\ncategories: [{section}]"
        (folder / f"{day}.md").write_text(f"---\n{front}\n---\n{text}\n", "utf-8")
    return folder


@pytest.fixture
def archive(tmp_path: Path, sources: Path) -> Path:
    """An archive with facts and stories."""
    build_archive([sources], tmp_path / "out", wish(book=curated_book()))
    add_kin(tmp_path / "out")
    return tmp_path / "out"


def ask(archive: Path, question: str) -> Answer:
    return search_archive(archive, question, limit=9, zone=UTC)


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("company:小米", [2, 0]),
        ("company:1810.HK after:2026-10", [2]),
        ("company:xiaomi -is:move", [0]),
        ("company:小米 or company:比亚迪", [2, 1, 0]),
        ("is:denied", [1]),
        ("is:claim 收购", [1, 0]),
        ("is:move", [2]),
        ("is:copy", [4]),
        ("车站 -is:copy", [3]),
        ("-is:claim -is:copy -is:move", [3]),
    ],
)
def test_questions_about_findings_mean_what_they_mean_in_a_paper(
    archive: Path, question: str, days: list[int]
) -> None:
    answer = ask(archive, question)
    assert [f"{hit.published:%Y-%m-%d}" for hit in answer.hits] == [POSTS[number][0] for number in days]
    assert answer.notes == ()


def test_filters_that_mean_nothing_are_told(archive: Path) -> None:
    answer = ask(archive, "company:nobody or is:nothing or feed:nowhere")
    assert not answer.hits
    assert [note.partition(":")[0] for note in answer.notes] == ["feed", "company", "is"]
    assert "`broadsheet show company NAME` finds them" in answer.notes[1]


def test_what_an_archive_was_built_without_is_left_out_and_told(tmp_path: Path, sources: Path) -> None:
    build_archive([sources], tmp_path / "out", wish())
    answer = ask(tmp_path / "out", "company:小米 -(is:copy or is:move) (is:move or 车站)")
    assert len(answer.hits) == 2
    assert not ask(tmp_path / "out", "is:move").hits
    assert answer.notes == (
        "company:小米 is left out: this archive has no facts; build another without --no-facts",
        "is:move is left out: this archive has no facts; build another without --no-facts",
        "is:copy is left out: this archive has no stories; build it without --no-stories",
    )


@pytest.mark.parametrize(
    ("table", "question"), [("book.json", "company:小米"), ("facts", "is:move"), ("stories", "is:copy")]
)
def test_a_table_that_is_not_there_is_named(archive: Path, table: str, question: str) -> None:
    for name in (table, *_files(archive, table)):
        if (archive / name).is_file():
            (archive / name).unlink()
    with pytest.raises(ConfigError, match=f"{table}.* cannot be read"):
        ask(archive, question)


def _files(archive: Path, table: str) -> list[str]:
    manifest = load_manifest(archive)
    return [name for name in (*manifest.files("facts"), *manifest.tables) if name.startswith(f"{table}/")]
