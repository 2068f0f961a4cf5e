"""Where the API is found."""

from litestar import Router

from broadsheet.web.greader import ROUTES


def test_it_is_at_the_root_and_where_freshrss_has_it() -> None:
    assert [route.path for route in ROUTES if isinstance(route, Router)] == ["/", "/api/greader.php"]
