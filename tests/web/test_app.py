"""The application as a whole."""

from tests.web.conftest import Client


def test_it_describes_itself(client: Client) -> None:
    described = client.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert described["info"]["title"] == "Broadsheet"


def test_there_is_no_page_from_elsewhere_to_show_the_description(client: Client) -> None:
    assert client.get("/api/swagger").status_code == 404
