"""Requests are taken as they are described."""

import pytest
from tests.web.api.conftest import Api

from broadsheet.store import Store
from broadsheet.web.api.routes import HANDLERS
from broadsheet.web.api.strict import known_parameters
from broadsheet.web.app import LARGEST_REQUEST


def test_a_parameter_that_a_route_does_not_know_is_refused(api: Api) -> None:
    assert "unraed: is no parameter here; those are: after, feed" in api.read("posts?unraed=true", 400)["error"]
    assert api.read("tags?x=1", 400)["error"] == "x: is no parameter here; those are: none"
    names = {route.name or route.fn.__name__: known_parameters(route) for route in HANDLERS}
    assert names["list_claims"] == {"open", "company", "silent", "limit"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('{"read": "true"}', "read: Expected `bool | null`, got `str`"),
        ('{"tag": ["a", 1]}', "tag[1]: Expected `str`, got `int`"),
        ("[]", "body: Expected `object`, got `array`"),
        ("{", "body: Input data was truncated"),
        ("", "body: Input data was truncated"),
        ('{"note": "\\ud800"}', "body: "),
        ('{"x": ' + "[" * 100_000, "body: "),
    ],
)
def test_a_body_of_another_type_is_refused(api: Api, store: Store, body: str, said: str) -> None:
    path = f"/api/posts/{store.refs()[0].id}"
    answer = api.client.patch(path, content=body.encode(), headers=api.headers)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith(said)


def test_a_body_that_is_too_large_is_refused(api: Api, store: Store) -> None:
    path = f"/api/posts/{store.refs()[0].id}"
    answer = api.client.patch(path, content=b" " * (LARGEST_REQUEST + 1), headers=api.headers)
    assert (answer.status_code, answer.json()["status"]) == (413, 413)
