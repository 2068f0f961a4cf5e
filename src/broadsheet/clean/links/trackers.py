"""Query parameters that follow a reader: taken out, while the rest keeps its order and its encoding."""

from functools import lru_cache

from broadsheet.clean.links.addresses import host_of, under
from broadsheet.clean.tables import rows

_EVERYWHERE = frozenset(name.lower() for name, site in rows("trackers") if site == "*" and not name.endswith("*"))
_PREFIXES = tuple(name[:-1].lower() for name, site in rows("trackers") if site == "*" and name.endswith("*"))
_BY_SITE: dict[str, tuple[str, ...]] = {}
for _name, _site in rows("trackers"):
    if _site != "*":
        _BY_SITE[_site] = (*_BY_SITE.get(_site, ()), _name.lower())


def without_trackers(address: str) -> str:
    """Take tracking parameters out of an address; one without any comes back as the same object."""
    written, mark, fragment = address.partition("#")
    rest = _without_trackers(written)
    if mark and fragment.lower().startswith("utm_"):
        return rest
    return address if rest is written else rest + mark + fragment


def _without_trackers(address: str) -> str:
    path, question, query = address.partition("?")
    if not question:
        return address
    parts = query.split("&")
    names, beginnings = _names_on(host_of(address))
    kept = [part for part in parts if not _tracks(part, names, beginnings)]
    if len(kept) == len(parts):
        return address
    return f"{path}?{'&'.join(kept)}" if any(kept) else path


@lru_cache(maxsize=1024)
def _names_on(host: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Name what tracks on one host: whole names, and beginnings of names."""
    names = [name for site, names in _BY_SITE.items() if under(host, site) for name in names]
    whole = frozenset(name for name in names if not name.endswith("*"))
    return _EVERYWHERE | whole, (*_PREFIXES, *(name[:-1] for name in names if name.endswith("*")))


def _tracks(part: str, names: frozenset[str], beginnings: tuple[str, ...]) -> bool:
    name = part.partition("=")[0].lower().removeprefix("amp;")
    return name in names or name.startswith(beginnings)
