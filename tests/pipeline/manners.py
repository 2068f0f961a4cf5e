"""What servers are owed: checked request by request, from what the servers themselves saw and said."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tests.pipeline.town import HOUR, MAX_AGE, SKIPPED, TTL_MINUTES
from tests.pipeline.web import Visit, Web

BACKOFF = 48 * HOUR


def breaches(web: Web, spacing_s: float, per_host: int) -> list[str]:
    """Every promise that was broken, in words."""
    hosts: dict[str, list[Visit]] = defaultdict(list)
    paths: dict[str, list[Visit]] = defaultdict(list)
    for visit in web.visits:
        hosts[visit.host].append(visit)
        paths[visit.path].append(visit)
    return [
        *(f"{host}: {most} at one time" for host, most in web.most.items() if most > per_host),
        *(line for host, visits in hosts.items() for line in _of_host(host, visits, spacing_s)),
        *(line for path, visits in paths.items() for line in _of_feed(path, visits)),
    ]


def _of_host(host: str, visits: Sequence[Visit], spacing_s: float) -> Iterator[str]:
    starts = [visit.started for visit in visits if not _is_hop(visit)]
    for before, after in pairwise(starts):
        if after - before < spacing_s - 1e-6:
            yield f"{host}: asked at {before:.1f} s and again at {after:.1f} s"
    for heard, until in _holds(visits):
        for visit in visits:
            if heard < visit.started < until:
                yield f"{host}: asked at {visit.started:.1f} s, held until {until:.1f} s"


def _holds(visits: Sequence[Visit]) -> Iterator[tuple[float, float]]:
    """From when to when a host is to be left alone, for each 429 it said."""
    for visit in visits:
        if visit.status == 429:
            yield visit.ended, visit.ended + visit.retry_after


def _of_feed(path: str, visits: Sequence[Visit]) -> Iterator[str]:
    failures = 0
    for before, after in pairwise(visits):
        status = before.status
        failures = failures + 1 if status >= 400 or status == 0 else 0
        if status == 410:
            yield f"{path}: asked again though it is gone"
        owed = _owed(path, before, failures)
        passed = after.started - before.ended
        if passed < owed - 1e-6:
            yield f"{path}: answered {status} at {before.started:.1f} s, asked again after {passed:.1f} s"
        if "/skips/" in path and _is_skipped(after.started):
            yield f"{path}: asked at {after.started:.1f} s, in an hour to skip"


def _owed(path: str, visit: Visit, failures: int) -> float:
    """How long a feed is to be left alone after an answer, in seconds."""
    kind = path.split("/")[1]
    owed = [HOUR, visit.retry_after]
    if failures:
        owed.append(min(HOUR * 2 ** (failures - 1), BACKOFF))
    if visit.status in {200, 304}:
        owed.append({"blind": 24 * HOUR, "ttl": 60 * TTL_MINUTES, "fresh": MAX_AGE}.get(kind, 0))
    if visit.status == 403:
        owed.append(24 * HOUR)
    return max(owed)


def _is_skipped(moment: float) -> bool:
    return int(moment // HOUR) % 24 in SKIPPED


def _is_hop(visit: Visit) -> bool:
    return visit.path.startswith("/new/")
