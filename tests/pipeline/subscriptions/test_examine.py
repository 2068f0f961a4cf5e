"""What one address gives, step by step; nothing is stored."""

from tests.pipeline.outlet import START, Outlet, rss

from broadsheet.pipeline.means import Means
from broadsheet.pipeline.subscriptions.examine import Step, examine


def steps(address: str, means: Means) -> dict[str, Step]:
    return {step.name: step for step in examine(address, means, START)}


def test_a_feed_is_followed_from_the_answer_to_the_first_clean_entry(means: Means, outlet: Outlet) -> None:
    address = outlet.put("/feed", rss(("甲", "<p>一<script>x</script></p>"), ("乙", "二")))
    seen = steps(address, means)
    assert list(seen) == ["answered", "parsed", "repaired", "cleaned the first entry"]
    assert all(step.well for step in seen.values())
    assert "etag" in seen["answered"].finding
    assert seen["parsed"].finding == "rss-2.0, 2 entries, 样刊"
    assert seen["repaired"].finding == "nothing had to be"
    assert "“甲”" in seen["cleaned the first entry"].finding
    assert len(outlet.asked) == 1


def test_repairs_are_named(means: Means, outlet: Outlet) -> None:
    address = outlet.put("/feed", rss(("甲", "一")).replace("样刊", "AT&T"))
    assert "bare-ampersand" in steps(address, means)["repaired"].finding


def test_one_entry_is_no_entries(means: Means, outlet: Outlet) -> None:
    assert steps(outlet.put("/feed", rss(("甲", "一"))), means)["parsed"].finding == "rss-2.0, 1 entry, 样刊"


def test_an_empty_feed_has_nothing_to_clean(means: Means, outlet: Outlet) -> None:
    assert list(steps(outlet.put("/feed", rss()), means)) == ["answered", "parsed", "repaired"]


def test_a_page_is_said_to_be_one(means: Means, outlet: Outlet) -> None:
    last = steps(outlet.put("/", "<html><body>hello</body></html>", "text/html"), means)["parsed"]
    assert not last.well
    assert "web page" in last.finding


def test_a_refusal_shows_its_status(means: Means, outlet: Outlet) -> None:
    seen = steps(outlet.address + "/nowhere", means)
    assert not seen["answered"].well
    assert seen["answered"].finding == "404; look at it in a browser"
    assert list(seen) == ["answered"]  # what an error page would be parsed as says nothing


def test_an_address_that_gives_no_answer_ends_there(means: Means) -> None:
    seen = steps("http://127.0.0.1:1/", means)
    assert [(step.name, step.well) for step in seen.values()] == [("asked", False)]


def test_every_hop_is_shown(means: Means, outlet: Outlet) -> None:
    outlet.put("/feed", rss(("甲", "一")))
    outlet.redirects["/old"] = (301, "/feed")
    seen = steps(outlet.address + "/old", means)
    assert seen["redirected"].finding == f"301 to {outlet.address}/feed"
    assert seen["parsed"].well
