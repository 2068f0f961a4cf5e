"""Reading on the terminal."""

from pathlib import Path

import pytest
from tests.cli.conftest import Call
from tests.pipeline.outlet import Outlet, rss

CARD_KEYS = ["id", "feed_id", "title", "summary", "language", "image", "published", "revision"]
POST_KEYS = [
    "id", "feed_id", "entry_id", "title", "html", "text", "summary", "link", "language", "image", "authors",
    "categories", "enclosures", "comments", "published", "updated", "first_seen", "changed_at", "revision", "digest",
    "changes", "page", "story", "facts", "checks",
]  # fmt: skip


def test_search_finds_any_words_in_a_table(call: Call, feed: str) -> None:
    answer = call("search", "洽谈")
    assert answer.code == 0
    assert "甲车企公告" in answer.out
    assert "乙电池" not in answer.out


def test_several_words_are_asked_for_together(call: Call, feed: str) -> None:
    assert "甲车企公告" in call("search", "公告", "洽").out
    assert call("search", "公告", "电池").out == "nothing found for 公告 电池\n"
    assert call("search", "公告", "电池", "--json").json == []


def test_a_word_with_a_minus_is_one_that_no_post_shall_have(call: Call, feed: str) -> None:
    assert len(call("search", "甲 or 乙", "--json").json) == 2
    assert [hit["title"] for hit in call("search", "-公告", "电池", "--json").json] == ["乙电池"]
    assert call("search", "公告", "-洽谈").out == "nothing found for 公告 -洽谈\n"
    assert call("search", "--limit", "1", "电池", "-公告").code == 0
    assert call("search", "电池", "-2026").code == 0


def test_a_misspelt_option_is_no_word(call: Call, feed: str) -> None:
    answer = call("search", "电池", "--limt", "3")
    assert answer.code == 2
    assert "No such option: --limt" in answer.err


@pytest.mark.parametrize("query", ['"', "(", "AND", "-", "*", "洽谈' OR 1=1 --", "\\", "NEAR(", "\ud800"])
def test_no_query_is_an_error(call: Call, feed: str, query: str) -> None:
    assert call("search", "--", query).code == 0


def test_search_json_lists_cards_with_their_snippets(call: Call, feed: str) -> None:
    hits = call("search", "电池", "--json").json
    assert [hit["title"] for hit in hits] == ["乙电池"]
    assert {"id", "feed_id", "title", "published", "snippet"} <= hits[0].keys()


def test_search_keeps_to_its_limit(call: Call, feed: str) -> None:
    assert len(call("search", "--json", "--limit", "1", "--best", "公告 or 电池").json) == 1


def test_markup_in_a_title_is_shown_as_it_is(paper: Path, call: Call, outlet: Outlet) -> None:
    call("add", outlet.put("/feed", rss(("[red]甲[/red] [/]", "一"))))
    assert "[red]甲[/red] [/]" in call("search", "甲").out


def test_show_post_prints_it_whole(call: Call, feed: str) -> None:
    (hit,) = call("search", "洽谈", "--json").json
    lines = call("show", "post", hit["id"]).out.splitlines()
    assert lines[0] == "甲车企公告"
    assert lines[1].startswith("样刊 · 20")
    assert lines[1].endswith("revision 1")
    assert lines[2:] == ["https://paper.example/甲", "", "正在洽谈", "", "companies: 甲车企"]
    assert list(call("show", "post", hit["id"], "--json").json) == POST_KEYS


def edited(call: Call, outlet: Outlet, *texts: str) -> str:
    """The id of a post that a feed has said in several ways, one after the other."""
    for text in texts:
        address = outlet.put("/edited", rss(("桥厂停产", text)))
        call("add", address)
        call("update", "--all")
    return str(call("search", "桥厂", "--json").json[0]["id"])


def test_show_post_prints_what_its_edits_changed(paper: Path, call: Call, outlet: Outlet) -> None:
    name = edited(call, outlet, "厂方将于五月停产", "厂方将于六月停产")
    lines = call("show", "post", name, "--changes").out.splitlines()
    assert lines[0] == "桥厂停产"
    assert lines[1].endswith(" · 1 edit")
    assert lines[3].startswith("revision 2 · 20")
    assert lines[3].endswith(" · edited: summary, silent: the feed told of no change")
    assert lines[4:] == ["厂方将于[-五-]{+六+}月停产"]
    answer = call("show", "post", name, "--changes", "--json").json
    assert list(answer) == ["id", "edits"]
    assert list(answer["edits"][0]) == ["number", "seen_at", "reason", "silent", "changes"]
    assert [piece["mark"] for piece in answer["edits"][0]["changes"][0]["pieces"]] == ["same", "gone", "new", "same"]


def test_a_post_without_edits_has_no_changes_to_show(paper: Path, call: Call, outlet: Outlet) -> None:
    name = edited(call, outlet, "厂方将于五月停产", " 厂方将于五月停产\n")
    assert call("show", "post", name, "--changes").out.splitlines()[1].endswith(" · 0 edits")
    assert call("show", "post", name, "--changes", "--json").json == {"id": name, "edits": []}


def test_show_of_an_unknown_post_says_where_ids_are(paper: Path, call: Call) -> None:
    answer = call("show", "post", "20260101-0000000000")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("broadsheet: 20260101-0000000000: no post has this id; `broadsheet search`")


def test_show_feed_prints_its_state_and_newest_posts(call: Call, feed: str) -> None:
    answer = call("show", "feed", feed)
    assert answer.out.splitlines()[:3] == ["样刊", feed, "科技 / 样刊"]
    assert "next poll 20" in answer.out
    assert "乙电池" in answer.out
    whole = call("show", "feed", feed, "--json").json
    assert list(whole) == ["feed", "posts"]
    assert [list(card) for card in whole["posts"]] == [CARD_KEYS, CARD_KEYS]


def test_show_of_an_unknown_feed_says_where_feeds_are(paper: Path, call: Call) -> None:
    assert call("show", "feed", "nosuch").err.endswith("`broadsheet status` lists them\n")


def test_show_post_prints_older_posts_about_the_same_parties(paper: Path, call: Call) -> None:
    told = {"2017": "青禾与远帆签署框架协议", "2026": "青禾与远帆洽谈合作"}
    for year, title in told.items():
        date = f"Fri, 20 Feb {year} 08:00:00 GMT"
        body = f"<p>{title}。青禾表示，远帆是客户。</p>"
        (paper / f"{year}.md").write_text(
            f"---\ntitle: '{title}'\ncategories:\n - 科技\ndate: {date}\n---\n\n{body}\n", "utf-8"
        )
    call("import", "posts", "2017.md", "2026.md")
    new, old = (hit["id"] for hit in call("search", "青禾", "--json").json)
    answer = call("show", "post", new, "--background")
    assert old in answer.out
    assert "  青禾与远帆签署框架协议" in answer.out
    (found,) = call("show", "post", new, "--background", "--json").json["background"]
    assert (found[0], set(found[1])) == (old, {"青禾", "远帆"})
    assert call("show", "post", old, "--background").out.endswith("no older post is about the same parties\n")
