"""Bringing things in and taking them out."""

import re
from pathlib import Path

import pytest
from tests.cli.conftest import Call
from tests.pipeline.outlet import Outlet, rss

EXPORT = ["export", "opml"]
POST = "---\ntitle: '甲'\ncategories:\n - 科技\ndate: Sun, 22 Nov 2026 08:00:00 GMT\n---\n\n<p>一</p>\n"


def test_a_reading_list_comes_in_and_goes_out(paper: Path, call: Call, outlet: Outlet) -> None:
    call("add", outlet.put("/a", rss(("甲", "一"))), "--section", "科技 / 样刊")
    assert call("export", "opml", "list.opml").code == 0
    text = (paper / "list.opml").read_text("utf-8")
    one, other = (re.sub(r"<dateCreated>[^<]*", "", call(*words).out) for words in (EXPORT, [*EXPORT, "-"]))
    assert one == other
    assert f'xmlUrl="{outlet.address}/a"' in text
    assert call("import", "opml", "list.opml", "--json").json == {"added": 0, "known": 1, "refused": []}
    call("init", "another")
    assert call("--paper", "another", "import", "opml", "list.opml").out.startswith(
        "1 feed added, 0 followed already"
    )
    (feed,) = call("--paper", "another", "status", "--json").json
    assert (feed["address"], feed["section"]) == (f"{outlet.address}/a", ["科技", "样刊"])


def test_a_reading_list_without_feeds_says_so(paper: Path, call: Call) -> None:
    answer = call("import", "opml", "-", stdin=b"<opml version='2.0'><body></body></opml>")
    assert answer.out == "0 feeds added, 0 followed already: the list names no feeds\n"


def test_imported_posts_are_no_subscription(paper: Path, call: Call) -> None:
    (paper / "a.md").write_text(POST, "utf-8")
    call("import", "posts", "a.md")
    assert "xmlUrl" not in call("export", "opml").out


def test_an_address_that_nobody_can_ask_is_named_and_the_others_are_followed(paper: Path, call: Call) -> None:
    outlines = "".join(
        f'<outline type="rss" text="x" xmlUrl="{address}"/>'
        for address in ("javascript:alert(1)", "https://news.example/feed", "javascript:alert(1)")
    )
    (paper / "list.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>', "utf-8")
    answer = call("import", "opml", "list.opml")
    assert answer.code == 1
    assert answer.out.startswith("1 feed added, 0 followed already")
    assert answer.err == "refused javascript:alert(1): only http:// and https:// addresses can be asked\n"
    assert call("import", "opml", "list.opml", "--json").json["refused"] == ["javascript:alert(1)"]


@pytest.mark.parametrize(("name", "words"), [("list.opml", "list.opml: "), ("-", "standard input: ")])
def test_what_is_no_reading_list_is_refused_by_name(paper: Path, call: Call, name: str, words: str) -> None:
    (paper / "list.opml").write_text("not xml at all", "utf-8")
    answer = call("import", "opml", name, stdin=b"not xml at all")
    assert answer.code == 1
    assert answer.err.startswith(f"broadsheet: {words}")
    assert "OPML" in answer.err


def test_a_reading_list_that_is_not_there_is_named(paper: Path, call: Call) -> None:
    assert call("import", "opml", "nowhere").err == "broadsheet: nowhere: cannot be read: No such file or directory\n"


def test_posts_come_in_and_go_out(paper: Path, call: Call) -> None:
    (paper / "in").mkdir()
    (paper / "in" / "a.md").write_text(POST, "utf-8")
    assert call("import", "posts", "in").out == "1 file: 1 new, 0 edited, 0 known already\n"
    again = call("import", "posts", "in", "--json")
    assert again.json == {"files": 1, "new": 0, "edited": 0, "known": 1, "refused": []}
    answer = call("export", "posts", "--format", "hexo", "--out", "out")
    assert (answer.code, answer.out) == (0, "out: 1 written, 0 unchanged\n")
    assert call("export", "posts", "--format", "hexo", "--out", "out", "--json").json["unchanged"] == 1
    assert any((paper / "out").rglob("*.html"))
    assert call("export", "posts", "--format", "markdown", "--images", "relative", "--out", "md").code == 0
    assert any((paper / "md").rglob("*.md"))


def test_a_refused_file_is_named_and_makes_the_code_1(paper: Path, call: Call) -> None:
    (paper / "in").mkdir()
    (paper / "in" / "a.md").write_text(POST, "utf-8")
    (paper / "in" / "b.md").write_text("words", "utf-8")
    answer = call("import", "posts", "in")
    assert (answer.code, answer.out) == (1, "2 files: 1 new, 0 edited, 0 known already\n")
    assert answer.err.startswith("refused in/b.md: not a post file")


def test_posts_that_are_not_there_are_named(paper: Path, call: Call) -> None:
    answer = call("import", "posts", "nowhere")
    assert (answer.code, answer.err) == (2, "broadsheet: nowhere: no such file or folder\n")


@pytest.mark.parametrize(
    "words", [("opml", "broadsheet.toml/list"), ("posts", "--out", "broadsheet.toml/out", "--format", "hugo")]
)
def test_a_place_that_cannot_be_written_is_named(call: Call, feed: str, words: tuple[str, ...]) -> None:
    answer = call("export", *words)
    assert answer.code == 1
    assert "broadsheet.toml/" in answer.err
    assert "Traceback" not in answer.err
