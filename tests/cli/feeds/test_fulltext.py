"""Reading articles by hand, and as a part of `run`."""

from pathlib import Path

import pytest
from tests.cli.conftest import Call
from tests.pipeline.outlet import Outlet

from broadsheet.cli.feeds.fulltext import summary
from broadsheet.pipeline.report import FullTextReport

WORDS = "水厂昨天通水，老城区的水压有望改善，居民说这次是真的好了，三年的工程终于完成。"
FEED = (
    "<rss version='2.0'><channel><title>南桥快报</title><item><title>通水</title><guid isPermaLink='false'>1</guid>"
    "<link>{0}/1</link><description>水厂昨天通水…</description></item></channel></rss>"
)


@pytest.fixture
def short(paper: Path, call: Call, outlet: Outlet) -> str:
    """The address of a feed of one summary, whose article is there."""
    outlet.put("/1", f"<html><body><p>{WORDS}</p><p>{WORDS}</p></body></html>", "text/html; charset=utf-8")
    address = outlet.put("/feed", FEED.format(outlet.address))
    assert call("add", address).code == 0
    return address


def test_articles_are_read_and_told(call: Call, short: str, outlet: Outlet) -> None:
    answer = call("fulltext")
    assert answer == (
        0,
        "1 articles asked for: 1 read, 0 posts keep their feed's own text, 0 asked again later\n",
        "",
    )
    assert call("fulltext").out == "no article has to be asked for\n"
    (found,) = call("search", "三年的工程", "--json").json
    assert f"full text from {outlet.address}/1\n" in call("show", "post", found["id"]).out
    assert [path for path, _ in outlet.asked] == ["/feed", "/robots.txt", "/1"]


def test_json_and_quiet(call: Call, short: str) -> None:
    assert call("fulltext", "--quiet") == (0, "", "")
    assert call("fulltext", "--json").json == {"due": 0, "read": 0, "kept": 0, "later": 0, "reasons": {}}


def test_a_feed_that_is_named_is_looked_through(call: Call, short: str, outlet: Outlet, paper: Path) -> None:
    outlet.put("/1", "gone", "text/html", 410)
    assert "1 posts keep their feed's own text, 0 asked again later (1 http-410)" in call("fulltext", short).out
    outlet.put("/1", f"<html><body><p>{WORDS}</p><p>{WORDS}</p></body></html>", "text/html; charset=utf-8")
    assert call("fulltext", short).out == "no article has to be asked for\n"
    assert "1 read" in call("fulltext", short, "--again").out
    assert call("fulltext", "https://unknown.example/").code == 2


def test_what_is_asked_for_again_later_is_told(call: Call, short: str, outlet: Outlet) -> None:
    outlet.put("/1", "busy", "text/html", 503)
    assert "1 asked again later (1 http-503)" in call("fulltext").out
    assert call("fulltext").out == "no article has to be asked for now; 1 later\n"


def test_run_reads_articles_and_publishes_them(call: Call, short: str, paper: Path) -> None:
    answer = call("run", "--once")
    assert answer.code == 0
    assert "1 articles asked for: 1 read" in answer.out
    pages = [file.read_text("utf-8") for file in (paper / "site" / "p").glob("*/index.html")]
    assert any(WORDS in page and "全文取自原文网页" in page for page in pages)
    assert "articles" not in call("run", "--once").out


def test_the_paper_may_want_none(call: Call, paper: Path, outlet: Outlet) -> None:
    file = paper / "broadsheet.toml"
    file.write_text(file.read_text("utf-8") + '[fulltext]\nread = "never"\n', "utf-8")
    assert call("add", outlet.put("/feed", FEED.format(outlet.address))).code == 0
    assert call("fulltext").out == "no article has to be asked for\n"


def test_what_waits_is_told() -> None:
    report = FullTextReport(due=3, read=1, kept=1, later=1, reasons={"robots": 1, "timeout": 1})
    assert summary(report, 7) == (
        "3 articles asked for: 1 read, 1 posts keep their feed's own text, 1 asked again later "
        "(1 robots, 1 timeout); 7 wait"
    )
