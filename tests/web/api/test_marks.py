"""Marks by the API."""

from tests.web.api.conftest import Api

from broadsheet.store import Store


def test_a_post_is_marked(api: Api, store: Store) -> None:
    ids = [ref.id for ref in store.refs()]
    changes = {"read": True, "starred": True, "tag": ["汽车", "明天"], "note": " 问一问\n他们 "}
    marked = api.send("PATCH", f"posts/{ids[0]}", changes)
    assert marked["post"] == ids[0]
    assert (marked["marks"]["tags"], marked["marks"]["note"]) == (["明天", "汽车"], "问一问\n他们")
    assert marked["marks"]["read_at"] == "2026-11-27T12:00:00Z"
    marked = api.send("PATCH", f"posts/{ids[0]}", {"read": False, "untag": ["明天"], "note": ""})
    assert (marked["marks"]["read_at"], marked["marks"]["tags"], marked["marks"]["note"]) == (None, ["汽车"], "")
    assert marked["marks"]["starred_at"]
    assert api.read("tags") == [{"name": "汽车", "posts": 1}]
    assert api.send("PATCH", "posts/20200101-0123456789", {}, 404)["status"] == 404


def test_many_posts_are_marked_and_those_that_are_not_there_passed_over(api: Api, store: Store) -> None:
    ids = [ref.id for ref in store.refs()]
    marked = api.send("PATCH", "posts", {"posts": [ids[1], "20200101-0123456789", ids[0], ids[1]], "read": True})
    assert [one["post"] for one in marked["posts"]] == [ids[1], ids[0]]
    assert api.read("unread")["total"] == 2


def test_all_are_marked_of_some_feeds_or_of_all(api: Api, store: Store) -> None:
    feeds = [feed.id for feed in store.feeds()]
    assert api.send("POST", "posts/mark-all", {"before": "2000-01-01T00:00:00Z"}) == {"marked": 0}
    assert api.send("POST", "posts/mark-all", {"feeds": [feeds[1]]}) == {"marked": 1}
    assert api.read("unread") == {"total": 3, "feeds": {feeds[0]: 3}}
    assert api.send("POST", "posts/mark-all", {"before": "2100-01-01T00:00:00+08:00"}) == {"marked": 3}
    api.send("POST", "posts/mark-all", {"before": "0001-01-01T00:00:00+23:00"}, 400)


def test_a_wrong_change_is_said(api: Api, store: Store) -> None:
    post = store.refs()[0].id
    assert "star" in api.send("PATCH", f"posts/{post}", {"star": True}, 400)["error"]
    assert api.send("PATCH", f"posts/{post}", {"tag": ["甲,乙"]}, 400)["error"].startswith("tag[0]: ")
    assert api.send("PATCH", "posts", {"posts": []}, 400)["error"].startswith("posts: ")
