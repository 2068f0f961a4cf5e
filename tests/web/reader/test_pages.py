"""The paper's pages as the live reader shows them."""

from pathlib import Path

from tests.web.conftest import NOW, Client

from broadsheet.store import Store
from broadsheet.web.house.answers import HEADERS

PAGE = {"accept": "text/html"}


def test_the_front_page_bears_what_was_read_and_the_way_to_the_lists(client: Client, store: Store) -> None:
    newest = store.refs()[0].id
    before = client.get("/", headers=PAGE)
    assert before.status_code == 200
    assert f'data-post="{newest}"' in before.text
    assert "data-read" not in before.text
    assert 'href="my/unread/"' in before.text
    assert "<!--reader:" not in before.text
    store.reading.mark([newest], NOW, read=True)
    assert f'data-post="{newest}" data-read' in client.get("/", headers=PAGE).text


def test_files_are_answered_with_their_type_and_a_tag(client: Client) -> None:
    feed = client.get("/feed.atom")
    assert feed.headers["content-type"] == "application/atom+xml; charset=utf-8"
    again = client.get("/feed.atom", headers={"if-none-match": feed.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_what_is_named_by_its_content_is_kept_for_ever(client: Client) -> None:
    page = client.get("/", headers=PAGE).text
    style = page.partition('<link rel="stylesheet" href="my/')[2].partition('"')[0]
    answer = client.get(f"/my/{style}")
    assert answer.headers["cache-control"].endswith("immutable")
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    theme = page.partition('<link rel="stylesheet" href="static/')[2].partition('"')[0]
    assert client.get(f"/static/{theme}").headers["cache-control"].endswith("immutable")
    assert client.get("/my/static/none.css").status_code == 404
    assert client.get("/static/none.css").status_code == 404


def test_a_page_that_is_not_there_is_the_papers_own(client: Client) -> None:
    assert client.get("/nothing/", headers=PAGE).status_code == 404
    assert client.get("/feeds").headers["location"] == "/feeds/"
    assert client.get("/../broadsheet.toml").status_code == 404


def test_a_site_without_its_own_page_for_that_says_it_in_a_sentence(client: Client, paper: object) -> None:
    folder = Path(client.app.state.house.config.site_folder)
    folder.unlink()
    folder.mkdir()
    answer = client.get("/nothing/")
    assert (answer.status_code, answer.json()) == (404, {"status": 404, "error": "there is no such page"})
    page = client.get("/", headers=PAGE)
    assert (page.status_code, "there is no such page" in page.text) == (404, True)


def test_every_answer_says_what_browsers_may_do_with_it(client: Client) -> None:
    for path in ("/", "/nothing/", "/feed.atom", "/my/unread/", "/my/sign-in"):
        answer = client.get(path)
        for name, value in HEADERS:
            assert answer.headers[name.decode()] == value.decode(), path
    assert "unsafe" not in dict(HEADERS)[b"content-security-policy"].decode()


def test_nobody_keeps_hold_of_a_window_with_what_is_the_readers_alone(client: Client) -> None:
    said = {path: client.get(path).headers.get("cross-origin-opener-policy") for path in ("/my/", "/my/unread/", "/")}
    assert said == {"/my/": "same-origin", "/my/unread/": "same-origin", "/": None}
