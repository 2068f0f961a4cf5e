"""Full text, politely: robots.txt on every hop, failures with patience, hosts that want a rest."""

import dataclasses

from tests.pipeline.outlet import Clock, Outlet
from tests.pipeline.summaries import HTML, SHORT, Make, make_feed, page, pages_asked, poll, posts

from broadsheet.fetch import Pace
from broadsheet.pipeline.fulltext import read_full_texts
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.update import update
from broadsheet.store import Store

__all__ = ["make_feed"]


def test_robots_txt_is_obeyed_and_kept_for_a_day(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock
) -> None:
    make_feed(("/secret/1", SHORT), ("/2", SHORT))
    outlet.put("/robots.txt", "User-agent: broadsheet\nDisallow: /secret/", "text/plain")
    outlet.put("/secret/1", page(), HTML)
    outlet.put("/2", page(), HTML)
    poll(store, means, clock)
    report = read_full_texts(store, means)
    assert (report.read, report.kept, report.reasons) == (1, 1, {"robots": 1})
    make_feed(("/secret/1", SHORT), ("/2", SHORT), ("/3", SHORT), follow=False)
    outlet.put("/3", page(), HTML)
    poll(store, means, clock)
    assert read_full_texts(store, means).read == 1
    assert pages_asked(outlet) == ["/robots.txt", "/2", "/3"]
    make_feed(("/4", SHORT), follow=False)
    outlet.put("/4", page(), HTML)
    clock.forward(days=1)
    poll(store, means, clock)
    read_full_texts(store, means)
    assert pages_asked(outlet) == ["/robots.txt", "/2", "/3", "/robots.txt", "/4"]


def test_no_redirect_leads_where_robots_may_not_go(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock
) -> None:
    other = Outlet()
    try:
        other.put("/robots.txt", "User-agent: *\nDisallow: /", "text/plain")
        make_feed(("/1", SHORT), ("/2", SHORT))
        outlet.put("/robots.txt", "User-agent: *\nDisallow: /secret", "text/plain")
        outlet.redirects["/1"] = (302, "/secret")
        outlet.redirects["/2"] = (302, f"{other.address}/2")
        poll(store, means, clock)
        assert read_full_texts(store, replace_pace(means)).reasons == {"robots": 2}
        assert [path for path, _ in other.asked] == ["/robots.txt"]
        assert "/secret" not in pages_asked(outlet)
    finally:
        other.close()


def replace_pace(means: Means) -> Means:
    """One at a time at each host: who waits for another server's rules must not wait for itself."""
    return dataclasses.replace(means, per_host=1, pace=Pace(per_host=1, spacing_s=0))


def test_while_nobody_knows_the_rules_nobody_goes(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock
) -> None:
    make_feed(("/1", SHORT))
    outlet.put("/1", page(), HTML)
    outlet.put("/robots.txt", "busy", "text/plain", 503)
    poll(store, means, clock)
    report = read_full_texts(store, means)
    assert (report.later, report.reasons) == (1, {"robots-unreachable": 1})
    assert pages_asked(outlet) == ["/robots.txt"]
    outlet.put("/robots.txt", "", "text/plain")
    clock.forward(hours=1, minutes=1)
    assert read_full_texts(store, means).read == 1


def test_what_fails_is_tried_again_later_and_given_up(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock
) -> None:
    make_feed(("/1", SHORT))
    outlet.put("/1", "broken", HTML, 500)
    poll(store, means, clock)
    asked = []
    for _ in range(24 * 8):
        read_full_texts(store, means)
        asked.append(pages_asked(outlet).count("/1"))
        clock.forward(hours=1)
    assert asked[0] == 1
    assert asked[-1] == 5
    assert posts(store)["/1"].page is None


def test_a_host_that_wants_a_rest_gets_it(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock
) -> None:
    make_feed(("/1", SHORT), ("/2", SHORT), ("/3", SHORT), ("/4", SHORT))
    for number in range(1, 5):
        outlet.put(f"/{number}", "slow down", HTML, 429)
    poll(store, means, clock)
    report = read_full_texts(store, means)
    assert report.later == 4
    assert report.reasons["held"] >= 2
    assert len(pages_asked(outlet)) <= 3
    asked = len(outlet.asked)
    update(store, means)
    read_full_texts(store, means)
    assert len(outlet.asked) == asked
