"""The paper as an app of a phone."""

from tests.web.conftest import Client

from broadsheet.store import Store


def test_the_manifest_describes_the_paper_and_its_icon_is_there(client: Client) -> None:
    answer = client.get("/my/paper.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"
    described = answer.json()
    assert (described["name"], described["start_url"]) == ("样张", "/")
    assert client.get(described["icons"][0]["src"]).headers["content-type"] == "image/svg+xml"


def test_the_worker_may_serve_the_whole_paper(client: Client) -> None:
    answer = client.get("/my/worker.js")
    assert answer.headers["service-worker-allowed"] == "/"
    assert b"addEventListener('fetch'" in answer.content
    assert answer.headers["cache-control"] == "private, no-cache"


def test_what_is_needed_to_sign_in_is_open(client: Client, store: Store) -> None:
    store.doors.set_password("$argon2id$nothing")
    assert client.get("/my/worker.js").status_code == 200
    assert client.get("/", headers={"accept": "text/html"}).status_code == 303
