"""Which instance is asked for a route, and what its answer says of it."""

from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.decide import Instance, after_answer, instances_for, is_route, judge, known_instances, route_url
from broadsheet.decide.rsshub import LONGEST_REST, REST, ROUTE_REST, SICK_ROUTES
from broadsheet.model import Failure, Response

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ROUTE = "rsshub://news/latest"
FRESH = Instance(address="https://one.example")


def answer(status: int, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    url = "https://one.example/news/latest"
    return Response(address=url, final_address=url, status=status, headers=named, received_at=NOW)


def failure(reason: str) -> Failure:
    return Failure(reason=reason, message=f"it was {reason}", at=NOW)


@pytest.mark.parametrize(
    ("address", "expected"),
    [(ROUTE, True), ("RSSHub://news", True), ("https://rsshub.app/news", False), ("rsshub:news", False)],
)
def test_a_route_is_known_by_its_scheme(address: str, expected: bool) -> None:
    assert is_route(address) is expected


@pytest.mark.parametrize(
    ("instance", "address", "url"),
    [
        ("https://one.example", ROUTE, "https://one.example/news/latest"),
        ("https://one.example/", "rsshub:///news/latest", "https://one.example/news/latest"),
        (
            "https://one.example:8443/hub/",
            ROUTE + "?limit=5&mode=full",
            "https://one.example:8443/hub/news/latest?limit=5&mode=full",
        ),
        ("https://one.example/?key=k", ROUTE + "?limit=5", "https://one.example/news/latest?limit=5&key=k"),
        ("https://one.example?key=k", ROUTE, "https://one.example/news/latest?key=k"),
        ("https://me:pass@one.example", "rsshub://用户/一", "https://me:pass@one.example/用户/一"),
        (
            "https://one.example",
            "rsshub://github/issue/a/b/open/label%2Fx#part",
            "https://one.example/github/issue/a/b/open/label%2Fx",
        ),
    ],
)
def test_a_route_is_put_under_the_instance_as_it_is(instance: str, address: str, url: str) -> None:
    assert route_url(instance, address) == url


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        (answer(200), "well"),
        (answer(200, content_type="application/xml"), "well"),
        (answer(304), "well"),
        (answer(200, content_type="Text/HTML; charset=utf-8"), "instance"),
        (answer(200, cf_mitigated="challenge"), "instance"),
        (answer(503, cf_mitigated="challenge"), "instance"),
        *((answer(status), "instance") for status in (401, 403, 429, 502, 504, 521, 530)),
        *((answer(status), "route") for status in (400, 404, 410, 500, 503)),
        *((failure(reason), "instance") for reason in ("timeout", "dns", "refused", "tls", "blocked-address")),
        *((failure(reason), "route") for reason in ("too-large", "redirect-loop", "bad-encoding")),
    ],
)
def test_an_answer_is_judged(given: Response | Failure, verdict: str) -> None:
    assert judge(given) == verdict


def test_an_instance_rests_for_a_while_and_as_long_as_it_asks() -> None:
    assert after_answer(FRESH, ROUTE, failure("dns"), NOW).until == NOW + REST
    assert after_answer(FRESH, ROUTE, answer(429, retry_after="7200"), NOW).until == NOW + timedelta(hours=2)
    assert after_answer(FRESH, ROUTE, answer(429, retry_after="9" * 12), NOW).until == NOW + LONGEST_REST


def test_a_route_that_fails_rests_alone_until_it_goes_well() -> None:
    tried = after_answer(FRESH, ROUTE, answer(503), NOW)
    assert (tried.until, tried.routes) == (None, {ROUTE: NOW + ROUTE_REST})
    assert after_answer(tried, ROUTE, answer(304), NOW) == FRESH


def test_several_routes_that_fail_in_a_row_are_the_instances_fault() -> None:
    instance = FRESH
    for number in range(SICK_ROUTES - 1):
        instance = after_answer(instance, f"rsshub://{number}", answer(503), NOW)
        instance = after_answer(instance, f"rsshub://{number}", answer(503), NOW)
    assert instance.until is None
    assert after_answer(instance, "rsshub://last", answer(500), NOW).until == NOW + REST
    recovered = after_answer(instance, "rsshub://well", answer(200), NOW)
    assert after_answer(recovered, "rsshub://last", answer(500), NOW).until is None


def test_routes_that_an_instance_does_not_know_are_no_sign_of_illness() -> None:
    instance = FRESH
    for number in range(10 * SICK_ROUTES):
        instance = after_answer(instance, f"rsshub://{number}", answer(404), NOW)
    assert instance.until is None


def test_who_rests_is_not_asked_and_who_failed_with_the_route_is_asked_last() -> None:
    failed = Instance(address="failed", routes={ROUTE: NOW + ROUTE_REST})
    instances = (failed, Instance(address="rests", until=NOW + REST), Instance(address="well"))
    assert instances_for(ROUTE, instances, NOW) == ("well", "failed")
    assert instances_for("rsshub://other", instances, NOW) == ("failed", "well")
    assert instances_for(ROUTE, instances, NOW + ROUTE_REST) == ("failed", "rests", "well")


def test_what_is_known_follows_the_configuration_and_forgets_what_is_over() -> None:
    known = (
        Instance(address="b", until=NOW + REST, routes={ROUTE: NOW, "rsshub://x": NOW + REST}, failing=(ROUTE,)),
        Instance(address="a", until=NOW),
        Instance(address="no longer configured", until=NOW + REST),
    )
    assert known_instances(("a", "b", "c"), known, NOW) == (
        Instance(address="a"),
        Instance(address="b", until=NOW + REST, routes={"rsshub://x": NOW + REST}, failing=(ROUTE,)),
        Instance(address="c"),
    )
