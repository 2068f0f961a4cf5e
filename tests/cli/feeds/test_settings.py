"""A feed's settings on the command line."""

from tests.cli.conftest import Call


def test_a_feed_is_renamed_moved_paused_and_told(call: Call, feed: str) -> None:
    answer = call(
        "feed", "set", feed, "--title", "晨报", "--section", "汽车 / 评测", "--paused", "--fulltext", "never"
    )
    assert answer == (0, "晨报: section 汽车 / 评测, full text never, paused\n", "")
    assert call("update", "--all").out == "no feeds are followed yet; `broadsheet add ADDRESS` follows one\n"
    kept = call("feed", "set", feed, "--no-paused", "--section", "").out
    assert kept == "晨报: section -, full text never, polled when due\n"


def test_the_paper_s_choice_comes_back(call: Call, feed: str) -> None:
    told = call("feed", "set", feed, "--fulltext", "always").out.splitlines()
    assert "full text always" in told[0]
    assert told[1].startswith("`broadsheet fulltext ")
    assert call("feed", "set", feed, "--fulltext", "paper", "--json").json.get("fulltext") is None


def test_wrong_use_is_named(call: Call, feed: str) -> None:
    assert "use auto, always, never or paper" in call("feed", "set", feed, "--fulltext", "yes").err
    assert call("feed", "set", feed, "--fulltext", "yes").code == 2
    assert call("feed", "set", "https://unknown.example/", "--paused").code == 2
