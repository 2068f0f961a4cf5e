"""Marking posts: by forms that need no script, and by the script."""

from tests.web.conftest import Client, csrf_of, post, shown

from broadsheet.store import Store

PAGE = {"accept": "text/html"}


def test_posts_are_starred_tagged_and_noted_by_forms(client: Client, store: Store) -> None:
    ids = [ref.id for ref in store.refs()]
    answer = post(
        client, "/my/mark", post=ids[1], star="1", tag="汽车, 明天", note="问一问\n他们", next=f"/p/{ids[1]}/"
    )
    assert answer.headers["location"] == f"/p/{ids[1]}/"
    assert shown(client, "/my/starred/") == [ids[1]]
    assert shown(client, "/my/notes/") == [ids[1]]
    assert shown(client, "/my/tags/汽车/") == [ids[1]]
    assert "问一问" in client.get("/my/notes/", headers=PAGE).text
    post(client, "/my/mark", post=ids[1], star="0", untag="汽车")
    assert shown(client, "/my/starred/") == []
    assert [tag for tag, _ in store.reading.tags()] == ["明天"]


def test_a_script_marks_without_leaving_the_page(client: Client, store: Store) -> None:
    ids = [ref.id for ref in store.refs()]
    headers = {"x-csrf-token": csrf_of(client), "sec-fetch-site": "same-origin"}
    answer = client.post("/my/mark", data={"post": " ".join(ids[:2]), "read": "1"}, headers=headers)
    assert answer.status_code == 204
    assert shown(client, "/my/unread/") == ids[2:]
