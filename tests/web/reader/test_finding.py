"""Search on the server."""

import pytest
from tests.store.builders import make_batch, make_revision, minutes
from tests.web.conftest import NOW, Client, shown

from broadsheet.store import Store
from broadsheet.web.reader.finding import marked

PAGE = {"accept": "text/html"}


@pytest.fixture
def post_id(store: Store) -> str:
    revision = make_revision("entry-8", title="玉兔<科技>造车", body="玉兔科技说没有这回事。", at=minutes(8))
    store.apply([make_batch(revision)])
    return revision.post_id


def test_what_is_found_is_marked_and_bears_the_readers_marks(client: Client, store: Store, post_id: str) -> None:
    store.reading.mark([post_id], NOW, read=True)
    page = client.get("/search/?q=造车", headers=PAGE).text
    assert "玉兔&lt;科技&gt;<mark>造车</mark>" in page
    assert f'data-post="{post_id}" data-read' in page
    assert 'value="造车"' in page
    assert "order=best" in page
    assert shown(client, "/search/?q=造车&order=best") == [post_id]


def test_nothing_found_and_nothing_asked_are_pages_too(client: Client) -> None:
    assert "没有文章" in client.get("/search/?q=不存在的词", headers=PAGE).text
    assert 'id="hits"' in client.get("/search/", headers=PAGE).text


def test_what_was_not_understood_of_a_question_is_said(client: Client) -> None:
    assert (
        "after:yesterdayish" in client.get("/search/?q=after:yesterdayish", headers=PAGE).text.partition("<main")[2]
    )
    for question, words in (
        ("feed:nobody", "feed:nobody 不是任何订阅源"),
        ("section:nowhere", "section:nowhere 下没有订阅源"),
        ("company:nobody", "company:nobody 不是公司名录里的公司"),
        ("is:lie", "is:lie 不是文章的种类：可以写 announced, "),
        ("()", "什么也没有问"),
        ("一" * 401, "只查前 400 个词"),
    ):
        assert words in client.get("/search/", params={"q": question}, headers=PAGE).text
    assert client.get("/search/", params={"q": "x" * 501}, headers=PAGE).status_code == 400
    assert client.get("/search/?q=x&order=worst", headers=PAGE).status_code == 400


def test_spans_are_marked_and_the_rest_is_escaped() -> None:
    assert marked("a<b>c", [(0, 1), (2, 3)]) == "<mark>a</mark>&lt;<mark>b</mark>&gt;c"
    assert marked("", []) == ""
