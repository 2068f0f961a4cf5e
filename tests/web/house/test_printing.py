"""Pages of the reader's own."""

from tests.web.conftest import NOW, Client, Serve

from broadsheet.store import Store

PAGE = {"accept": "text/html"}


def test_a_page_of_the_readers_is_one_of_the_papers(client: Client) -> None:
    page = client.get("/my/starred/", headers=PAGE).text
    assert "<title>星标 · 样张</title>" in page
    assert 'href="../../my/starred/" aria-current="page"' in page
    assert "<!--reader:nav-->" not in page
    assert "退出" not in page


def test_who_signed_in_may_sign_out_and_a_stranger_has_no_lists(store: Store, serve: Serve) -> None:
    store.doors.set_password("$argon2id$nothing")
    page = serve().get("/my/sign-in", headers=PAGE).text
    assert "my/unread" not in page
    assert "csrf-token" not in page


def test_a_post_has_tools_that_say_what_was_done_with_it(client: Client, store: Store) -> None:
    newest = store.refs()[0].id
    page = client.get(f"/p/{newest}/", headers=PAGE).text
    assert 'aria-pressed="false">加星' in page
    store.reading.mark([newest], NOW, starred=True)
    store.reading.tag([newest], add=["汽车"])
    store.reading.note(newest, "<b>问</b>", NOW)
    page = client.get(f"/p/{newest}/", headers=PAGE).text
    assert 'aria-pressed="true">加星' in page
    assert 'name="untag" value="汽车"' in page
    assert "&lt;b&gt;问&lt;/b&gt;" in page
