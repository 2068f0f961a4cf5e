"""New subscriptions: an address is asked once, a page's only feed is found, and nothing half-followed stays."""

import re
from datetime import UTC, datetime

import pytest
from tests.pipeline.outlet import Outlet, rss

from broadsheet.errors import ConfigError, FeedError, FetchError, NotFoundError
from broadsheet.model import ParsedEntry, ParsedFeed, Subscription
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.subscriptions.follow import follow, newest, preview
from broadsheet.pipeline.update import update
from broadsheet.store import Store

PAGE = "<!doctype html><html><head><title>样刊</title>{}</head><body><p>hello</p></body></html>"
LINK = '<link rel="alternate" type="application/rss+xml" title="{0}" href="{0}">'


def page(*feeds: str) -> str:
    return PAGE.format("".join(LINK.format(feed) for feed in feeds))


def paths(outlet: Outlet) -> list[str]:
    return [path for path, _ in outlet.asked]


def test_a_feed_is_asked_exactly_once_and_kept_at_once(store: Store, means: Means, outlet: Outlet) -> None:
    address = outlet.put("/feed", rss(("甲", "一"), ("乙", "二")))
    done = follow(store, Subscription(address=address, section=("科技", "样刊"), name="我的"), means)
    assert paths(outlet) == ["/feed"]
    assert done.stored.new == 2
    kept = store.feed(address)
    assert done.feed == kept
    assert (kept.label, kept.title, kept.section) == ("我的", "样刊", ("科技", "样刊"))
    assert kept.state.validators.etag is not None
    assert update(store, means).polled == 0


def test_a_feed_that_is_followed_already_is_not_asked_again(store: Store, means: Means, outlet: Outlet) -> None:
    address = outlet.put("/feed", rss(("甲", "一")))
    follow(store, Subscription(address=address), means)
    again = follow(store, Subscription(address=address, name="anders"), means)
    assert (again.known, again.stored.new, paths(outlet)) == (True, 0, ["/feed"])
    assert again.feed == store.feed(address)


def test_a_page_with_one_feed_leads_to_it_by_one_more_request(store: Store, means: Means, outlet: Outlet) -> None:
    outlet.put("/feed", rss(("甲", "一")))
    address = outlet.put("/", page("/feed"), "text/html")
    done = follow(store, Subscription(address=address, section=("科技",)), means)
    assert paths(outlet) == ["/", "/feed"]
    assert done.feed is not None
    assert (done.feed.address, done.feed.section) == (outlet.address + "/feed", ("科技",))
    assert follow(store, Subscription(address=address), means).known
    assert paths(outlet) == ["/", "/feed", "/"]


def test_a_page_with_several_feeds_offers_them_and_follows_none(store: Store, means: Means, outlet: Outlet) -> None:
    address = outlet.put("/", page("/a", "/b"), "text/html")
    done = follow(store, Subscription(address=address), means)
    assert done.feed is None
    assert [offer.address for offer in done.offers] == [outlet.address + "/a", outlet.address + "/b"]
    assert (store.feeds(), paths(outlet)) == ([], ["/"])


def test_beside_a_feed_of_comments_the_one_of_articles_is_followed(
    store: Store, means: Means, outlet: Outlet
) -> None:
    outlet.put("/feed", rss(("甲", "一")))
    done = follow(store, Subscription(address=outlet.put("/", page("/comments/feed", "/feed"), "text/html")), means)
    assert done.feed is not None
    assert paths(outlet) == ["/", "/feed"]


@pytest.mark.parametrize("target", ["/self", "/other"])
def test_pages_that_name_each_other_or_themselves_end_after_two_requests(
    store: Store, means: Means, outlet: Outlet, target: str
) -> None:
    outlet.put("/other", page("/self"), "text/html")
    address = outlet.put("/self", page(target), "text/html")
    with pytest.raises(NotFoundError, match="page"):
        follow(store, Subscription(address=address), means)
    assert paths(outlet) == ["/self", target]
    assert store.feeds() == []


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        (page(), "text/html", "this web page names no feed"),
        ("", "application/rss+xml", "empty"),
        ("plain words", "text/plain", "a plain text came instead of a feed"),
        ("\x89PNG\r\n\x1a\n", "image/png", ""),
    ],
)
def test_what_is_no_feed_is_refused_by_its_address_and_nothing_is_stored(
    store: Store, means: Means, outlet: Outlet, body: str, kind: str, words: str
) -> None:
    address = outlet.put("/feed", body, kind)
    with pytest.raises(NotFoundError) as caught:
        follow(store, Subscription(address=address), means)
    assert caught.value.name == address
    assert words in str(caught.value)
    assert store.feeds() == []


@pytest.mark.parametrize("status", [401, 404, 410, 429, 500])
def test_a_refusal_is_told_with_its_number(store: Store, means: Means, outlet: Outlet, status: int) -> None:
    address = outlet.put("/feed", rss(("甲", "一")), status=status)
    with pytest.raises(FetchError, match=f"/feed: the server answered {status}"):
        follow(store, Subscription(address=address), means)
    assert store.feeds() == []


@pytest.mark.parametrize(
    "address", ["", "feed", "ftp://paper.example/", "http://", "file:///etc/passwd", "http://[::1"]
)
def test_what_is_no_address_is_a_wrong_use(store: Store, means: Means, address: str) -> None:
    with pytest.raises(ConfigError) as caught:
        follow(store, Subscription(address=address), means)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("address", ["http://169.254.169.254/", "http://10.0.0.1/", "http://[::1]/"])
def test_a_private_address_is_refused_with_the_option_that_opens_it(store: Store, means: Means, address: str) -> None:
    with pytest.raises(FetchError, match=r"fetch\.allow"):
        follow(store, Subscription(address=address), means)


def test_an_empty_feed_is_a_feed(store: Store, means: Means, outlet: Outlet) -> None:
    address = outlet.put("/feed", rss())
    assert follow(store, Subscription(address=address), means).stored.new == 0
    assert store.feed(address).state.failure is None


@pytest.mark.parametrize("address", ["paper.example", "paper.example:8080/feed?a=b"])
def test_a_host_without_a_scheme_is_told_what_is_missing(store: Store, means: Means, address: str) -> None:
    with pytest.raises(ConfigError, match=f"perhaps https://{re.escape(address)}$"):
        follow(store, Subscription(address=address), means)


def test_spaces_around_an_address_make_no_second_feed(store: Store, means: Means, outlet: Outlet) -> None:
    address = outlet.put("/feed", rss(("甲", "一")))
    assert not follow(store, Subscription(address=address), means).known
    assert follow(store, Subscription(address=f" {address} "), means).known


def test_a_page_that_names_no_feed_is_told_so(store: Store, means: Means, outlet: Outlet) -> None:
    address = outlet.put("/page", "<html><body>x</body></html>", "text/html")
    with pytest.raises(NotFoundError, match="this web page names no feed; look on it for a link"):
        follow(store, Subscription(address=address), means)


def test_a_preview_says_what_would_come_and_keeps_nothing(store: Store, means: Means, outlet: Outlet) -> None:
    address = outlet.put("/feed", rss(("甲", "一"), ("乙", "二")))
    seen = preview(f" {address} ", means)
    assert seen.feed is not None
    assert ([entry.title for entry in seen.feed.entries], seen.address) == (["甲", "乙"], address)
    offers = preview(outlet.put("/", page("/a", "/b"), "text/html"), means)
    assert [offer.address for offer in offers.offers] == [f"{outlet.address}/a", f"{outlet.address}/b"]
    assert store.feeds() == []
    with pytest.raises(FeedError):
        preview(outlet.put("/text", "nothing", "text/plain"), means)


def test_the_newest_entries_show_whether_a_feed_is_wanted() -> None:
    dated = [ParsedEntry(id=f"{day}", published=datetime(2026, 11, day, tzinfo=UTC)) for day in range(1, 13)]
    shown = newest(ParsedFeed(format="rss-2.0", entries=(ParsedEntry(id="undated"), *dated)))
    assert [entry.id for entry in shown] == [str(day) for day in range(12, 2, -1)]
    assert [entry.id for entry in newest(ParsedFeed(format="rss-2.0", entries=(ParsedEntry(id="x"),)))] == ["x"]
