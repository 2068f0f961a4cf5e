"""Post files in: six layouts of the classic form and everybody's YAML, read as a person reads them."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.errors import FeedError
from broadsheet.parse.formats.postfiles import parse_postfile

GOLDEN = Path(__file__).parents[1] / "golden" / "postfiles"
CASES = sorted(path for path in GOLDEN.iterdir() if path.suffix != ".json")


def shown(path: Path) -> dict[str, Any]:
    """Everything read from a file that is not empty, without the bytes of the file."""
    read = msgspec.json.decode(msgspec.json.encode(parse_postfile(path.read_bytes(), path.name)))
    assert isinstance(read, dict)
    entry = {key: value for key, value in read.pop("entry").items() if value and key != "original"}
    return {**read, "entry": entry}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_post_file_reads_as_its_golden_case(path: Path) -> None:
    golden = path.with_suffix(".json")
    if os.environ.get("BROADSHEET_GOLDEN") == "write":
        golden.write_text(json.dumps(shown(path), ensure_ascii=False, indent=2) + "\n", "utf-8")
    assert shown(path) == json.loads(golden.read_text("utf-8"))


def test_the_original_is_the_whole_file() -> None:
    body = CASES[0].read_bytes()
    assert parse_postfile(body, "x.md").entry.original == body


@pytest.mark.parametrize(
    ("text", "reason", "words"),
    [
        ("", "not-a-post-file", "a.md: not a post file"),
        ("# Read me\n\n---\n", "not-a-post-file", "two lines of"),
        ("<!DOCTYPE html><html></html>", "not-a-post-file", "not a post file"),
        ("---js\n({title: process.version})\n---\n", "not-a-post-file", "not a post file"),
        ("---\ntitle: a\n", "unclosed-front-matter", "a.md: the front matter has no end"),
        ("---\n---\n", "empty-post-file", "neither a title nor a text"),
        ("\n---\ntitle: ''\n---\n\n<div>   \n  \n</div>\n", "empty-post-file", "neither"),
        ("---\ntitle: a\ndraft: true\n---\nb", "draft", 'remove "draft: true"'),
        ("---\ntitle: a\npublished: false\n---\nb", "draft", 'remove "published: false"'),
    ],
)
def test_what_is_no_post_file_is_refused_by_name(text: str, reason: str, words: str) -> None:
    with pytest.raises(FeedError, match=words) as caught:
        parse_postfile(text.encode(), "a.md")
    assert caught.value.reason == reason


def entry_id(title: str = "t", date: str = "2021-03-22", section: str = "s", text: str = "x") -> str | None:
    body = f"---\ntitle: {title}\ndate: {date}\ncategories: [{section}]\n---\n{text}\n"
    return parse_postfile(body.encode(), "x.md").entry.id


def test_the_id_outlives_an_edit_of_the_text_and_the_spelling_of_the_date() -> None:
    assert entry_id() == entry_id(text="edited")
    assert entry_id(date="2021-03-22T08:00:00Z") == entry_id(date="Mon, 22 Mar 2021 08:00:00 GMT")


def test_the_id_differs_by_date_title_and_section() -> None:
    dates = ("2021-03-22", "2021-03-23", "soon", "later")
    ids = {entry_id(date=date, title=title, section=section) for date in dates for title in "ab" for section in "pq"}
    assert len(ids) == 16


def test_without_a_title_the_text_tells_posts_apart() -> None:
    assert entry_id(title="", text="a") != entry_id(title="", text="b")


def test_the_layouts_agree_on_section_source_author_and_id() -> None:
    head = "\n---\ntitle: {}\ncategories: \n{}author: {}\ncomments: false\ndate: {}\nthumbnail: ''\n---\n\n"
    head += "<div>   \nx  \n</div>\n            "
    date, joined, split = "Mon, 22 Mar 2021 03:21:36 GMT", "    - A\n    - B - C\n", " - A\n - B\n - C\n"
    files = [
        head.format("t", joined, "B - C", date),
        head.format("'t'", joined, "B - C", date),
        head.format('"""""""\'t\'"""""""', joined, "B - C", date),
        head.format("'t'", "    - A\n    - B\n    - C\n\n", "B", date),
        head.format("'t'", split + "headimg: ''\n", "B", date),
    ]
    read = [parse_postfile(file.encode(), "x.md") for file in files]
    assert [file.layout for file in read] == [f"classic-{number}" for number in range(1, 6)]
    assert {file.section for file in read} == {("A", "B", "C")}
    assert {file.source for file in read} == {"B"}
    assert len({(file.entry.id, file.entry.title, file.entry.authors) for file in read}) == 1


def test_a_classic_file_of_one_category_names_no_source() -> None:
    file = parse_postfile(b"\n---\ntitle: t\ncategories: \n - A\n---\n\n<div>   \nx  \n</div>\n", "x.md")
    assert (file.section, file.source) == (("A",), None)


@settings(max_examples=80)
@given(
    st.binary(max_size=200)
    | st.text(st.sampled_from("-:'\"[]{}|>#\\ \n\tabtitle,é"), max_size=120).map(
        lambda text: f"\n---\ntitle: {text}\ncategories: {text}\ndate: {text}\n---\n{text}".encode()
    )
)
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    try:
        file = parse_postfile(body, "x.md")
    except FeedError:
        return
    assert file.entry.id
    assert file.entry.original == body


@pytest.mark.no_cover  # its time is the point, and coverage doubles it
@pytest.mark.parametrize("filler", ["[", "- ", '"', "'", "\n", " \n", "<div>", "</div> ", "-\n", '"\\', "a: b\n"])
def test_long_nonsense_costs_no_more_than_its_length(filler: str) -> None:
    text = filler * (200_000 // len(filler))
    body = f"\n---\ntitle: {text}\ncategories: {text}\n---\n<div>{text}"
    assert parse_postfile(body.encode(), "x.md").entry.content


def test_every_sample_reads_as_its_index_says(shared: Path) -> None:
    folder = shared / "data" / "posts"
    rows = [json.loads(line) for line in (folder / "index.jsonl").read_text("utf-8").splitlines()]
    ids = Counter[str | None]()
    for row in rows:
        name = f"{row['id']}.md"
        file = parse_postfile((folder / "raw" / name).read_bytes(), name)
        assert file.section == (row["category"], row["source"], row["section"]), name
        assert file.source == row["source"], name
        assert file.entry.title == " ".join(row["title"].split()) or file.entry.title == row["title"], name
        assert file.entry.published is not None, name
        assert [author.name for author in file.entry.authors] == [row["source"]], name
        ids[file.entry.id] += 1
    assert len(ids) == len(rows)


def test_the_seed_is_read_whole(shared: Path) -> None:
    file = parse_postfile((shared / "data" / "seed" / "post.md").read_bytes(), "post.md")
    assert (file.section, file.layout, file.repairs) == (("新媒体", "cnBeta", "最新"), "classic-5", ())
    assert (file.entry.content or "").count("<img") == 4
    assert len(file.entry.images) == 1
