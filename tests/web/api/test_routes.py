"""The routes of the API."""

from broadsheet.web.api import described
from broadsheet.web.api.routes import HANDLERS


def test_every_route_is_under_api_says_what_it_does_and_what_may_go_wrong() -> None:
    for route in HANDLERS:
        assert all(path.startswith("/api/") for path in route.paths)
        assert route.summary
        assert route.tags
        assert {400, 401, 403} <= set(route.responses or {})


def test_the_description_names_its_version_and_the_token() -> None:
    config = described("7.0")
    assert (config.version, config.security) == ("7.0", [{"token": []}])
