"""RSSHub routes: which instance to ask for one, and what its answer says of that instance.

A route (`rsshub://path?query`) names no server: many instances serve the same routes, and any of them may be tired,
blocked or too old for one route (https://docs.rsshub.app).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal
from urllib.parse import urlsplit, urlunsplit

from msgspec import Struct
from msgspec.structs import replace

from broadsheet.decide.caching import retry_after_s
from broadsheet.model import Failure, Response, require_utc

SCHEME = "rsshub://"
REST = timedelta(hours=1)
ROUTE_REST = timedelta(hours=6)
LONGEST_REST = timedelta(days=2)
SICK_ROUTES = 3
"""So many routes that fail in a row, with nothing well between, are the instance's own fault."""

OWN_REASONS = frozenset(
    {"timeout", "dns", "refused", "tls", "truncated", "protocol", "blocked-address", "bad-address"}
)
OWN_STATUSES = frozenset({401, 403, 429, 502, 504, *range(520, 531)})
"""Refusals, and what a gateway says of a server it cannot reach; RSSHub reports a broken route as 503 or 500."""

Verdict = Literal["well", "route", "instance"]


class Instance(Struct, frozen=True, kw_only=True):
    """What is known of one instance: it rests as a whole until `until`, single routes of it until their own moments.

    `failing` are the routes that failed there since the last that went well.
    """

    address: str
    until: datetime | None = None
    routes: dict[str, datetime] = {}
    failing: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_utc(self.until, *self.routes.values())


def is_route(address: str) -> bool:
    """Tell whether an address is a route that any RSSHub instance can be asked for."""
    return address[: len(SCHEME)].lower() == SCHEME


def route_url(instance: str, address: str) -> str:
    """Where one instance serves a route."""
    base, route = urlsplit(instance), urlsplit(address[len(SCHEME) :].lstrip("/"))
    path = f"{base.path.rstrip('/')}/{route.path}"
    return urlunsplit((base.scheme, base.netloc, path, "&".join(filter(None, (route.query, base.query))), ""))


def known_instances(configured: Sequence[str], known: Iterable[Instance], now: datetime) -> tuple[Instance, ...]:
    """The instances that are configured, in that order, with what is known of each and still matters."""
    by_address = {instance.address: instance for instance in known}
    return tuple(_awoken(by_address.get(address, Instance(address=address)), now) for address in configured)


def instances_for(route: str, instances: Iterable[Instance], now: datetime) -> tuple[str, ...]:
    """Whom to ask for a route, best first: nobody who rests; who failed with this very route comes last."""
    awake = [instance for instance in instances if instance.until is None or instance.until <= now]
    return tuple(instance.address for instance in sorted(awake, key=lambda one: one.routes.get(route, now) > now))


def judge(answer: Response | Failure) -> Verdict:
    """Tell whether an answer is one to keep, the fault of its route alone, or of the whole instance."""
    if isinstance(answer, Failure):
        return "instance" if answer.reason in OWN_REASONS else "route"
    challenged = "cf-mitigated" in answer.headers
    if 200 <= answer.status < 300:
        page = answer.headers.get("content-type", "").lower().startswith("text/html")
        return "instance" if challenged or page else "well"
    if answer.status == 304:
        return "well"
    return "instance" if challenged or answer.status in OWN_STATUSES else "route"


def after_answer(instance: Instance, route: str, answer: Response | Failure, now: datetime) -> Instance:
    """What is known of an instance after it answered for a route; one route's failure rests that route there."""
    verdict = judge(answer)
    others = {name: until for name, until in instance.routes.items() if name != route}
    if verdict == "well":
        return replace(instance, until=None, routes=others, failing=())
    if verdict == "instance":
        return replace(instance, until=now + _rest(answer))
    routes = {**others, route: now + ROUTE_REST}
    if isinstance(answer, Response) and answer.status < 500:
        return replace(instance, routes=routes)
    failing = tuple(dict.fromkeys((*instance.failing, route)))
    if len(failing) < SICK_ROUTES:
        return replace(instance, routes=routes, failing=failing)
    return replace(instance, until=now + REST, routes=routes, failing=())


def _awoken(instance: Instance, now: datetime) -> Instance:
    routes = {route: until for route, until in instance.routes.items() if until > now}
    until = instance.until if instance.until and instance.until > now else None
    return replace(instance, until=until, routes=routes)


def _rest(answer: Response | Failure) -> timedelta:
    asked = retry_after_s(answer.headers, answer.received_at) if isinstance(answer, Response) else None
    return min(max(REST, timedelta(seconds=min(asked or 0, 10**9))), LONGEST_REST)
