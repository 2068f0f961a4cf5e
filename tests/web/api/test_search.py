"""Search by the API."""

from tests.web.api.conftest import Api

from broadsheet.store import Store


def test_posts_are_found_with_what_was_looked_for(api: Api, store: Store) -> None:
    found = api.read("search?q=新车&limit=2&order=best")
    assert len(found["posts"]) == 2
    start, end = found["posts"][0]["title_spans"][0]
    assert found["posts"][0]["title"][start:end] == "新车"
    assert api.read("search?q=company:没有")["notes"][0].startswith("company:没有 means no company")
    assert api.read("search?q=")["posts"] == []
    api.read("search?q=x&order=worst", 400)
    api.read("search", 400)
