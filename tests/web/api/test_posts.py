"""Posts by the API."""

from datetime import UTC

from msgspec.structs import replace
from tests.store.builders import make_batch, make_revision
from tests.web.api.conftest import Api
from tests.web.conftest import NOW

from broadsheet.model import Bar
from broadsheet.pipeline.facts.finding import annotate_new
from broadsheet.store import Store


def listed(api: Api, query: str = "") -> list[str]:
    return [one["id"] for one in api.read(f"posts{query}")["posts"]]


def test_posts_are_listed_a_page_at_a_time(api: Api, store: Store) -> None:
    ids = [ref.id for ref in store.refs()]
    first = api.read("posts?limit=3")
    assert ([one["id"] for one in first["posts"]], first["next"]) == (ids[:3], ids[2])
    last = api.read(f"posts?limit=3&after={first['next']}")
    assert ([one["id"] for one in last["posts"]], last["next"]) == (ids[3:], None)
    assert listed(api, "?oldest_first=true") == ids[::-1]
    assert first["posts"][0]["marks"] == {"read_at": None, "starred_at": None, "tags": [], "note": ""}


def test_posts_are_sifted(api: Api, store: Store) -> None:
    ids = [ref.id for ref in store.refs()]
    feeds = [feed.id for feed in store.feeds()]
    store.reading.mark(ids[:1], NOW, read=True)
    store.reading.mark(ids[1:2], NOW, starred=True)
    store.reading.tag(ids[2:3], add=["汽车"])
    store.reading.note(ids[3], "问", NOW)
    assert listed(api, "?unread=true") == ids[1:]
    assert listed(api, "?read=true") == ids[:1]
    assert listed(api, "?starred=true") == ids[1:2]
    assert listed(api, "?tag=汽车") == ids[2:3]
    assert listed(api, "?noted=true") == ids[3:]
    assert listed(api, f"?feed={feeds[1]}") == ids[:1]
    assert listed(api, f"?feed={feeds[1]}&feed={feeds[0]}") == ids
    assert listed(api, "?since=2100-01-01T00:00:00%2B08:00") == []
    assert listed(api, "?until=2100-01-01T00:00:00Z") == ids


def test_what_cannot_be_asked_is_said(api: Api) -> None:
    assert "only one of these" in api.read("posts?starred=true&tag=x", 400)["error"]
    assert api.read("posts?since=2026-11-27", 400)["error"].startswith("since: is no moment")
    assert api.read("posts?until=0001-01-01T00:00:00%2B23:00", 400)["error"].startswith("until: is no moment")
    assert api.read("posts?limit=0", 400) == {"status": 400, "error": "limit: Expected `int` >= 1"}
    assert "20200101-0123456789" in api.read("posts?after=20200101-0123456789", 404)["error"]
    assert api.read("posts/20200101-0123456789", 404)["status"] == 404


def test_a_post_is_given_whole(api: Api, store: Store) -> None:
    ref = store.refs()[0]
    post = store.post(ref.id)
    store.reading.tag([ref.id], add=["汽车"])
    whole = api.read(f"posts/{ref.id}")
    assert (whole["html"], whole["text"], whole["feed"]) == (post.html, post.text, post.feed_id)
    assert whole["marks"]["tags"] == ["汽车"]
    assert (whole["story"], whole["claims"], whole["facts"]) == (None, [], None)
    assert whole["checks"] == []
    assert whole["published"] == post.published.astimezone(UTC).isoformat().replace("+00:00", "Z")
    assert not {"digest", "entry_id", "changes"} & set(whole)


def test_a_post_is_given_with_its_facts_and_what_the_shares_did(api: Api, store: Store) -> None:
    bare = make_revision("moved", body="小米集团（1810.HK）股价今日盘中一度涨超3%。")
    moved = replace(bare, clean=replace(bare.clean, language="zh"))
    store.apply([make_batch(moved)])
    annotate_new(store, UTC)
    day = moved.published.date()
    store.prices.keep([Bar(security="1810.HK", day=day, open=10, high=11, low=10, close=10.5, previous_close=10)])
    whole = api.read(f"posts/{moved.post_id}")
    (move,) = whole["facts"]["moves"]
    assert whole["text"][move["start"] : move["end"]] == move["surface"]
    assert [(check["security"], check["measured"]) for check in whole["checks"]] == [("1810.HK", 10.0)]
