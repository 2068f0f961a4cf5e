"""Query parameters that follow a reader: taken out, while the rest keeps its order and its encoding."""

from functools import lru_cache

from broadsheet.clean.addresses import host_of, under
from broadsheet.clean.tables import rows

_EVERYWHERE = frozenset(name.lower() for name, site in rows("trackers") if site == "*" and not name.endswith("*"))
_PREFIXES = tuple(name[:-1].lower() for name, site in rows("trackers") if site == "*" and name.endswith("*"))
_BY_SITE: dict[str, tuple[str, ...]] = {}
for _name, _site in rows("trackers"):
    if _site != "*":
        _BY_SITE[_site] = (*_BY_SITE.get(_site, ()), _name.lower())


def without_trackers(address: str) -> str:
    """Take tracking parameters out of an address; one without any comes back as it was, byte for byte."""
    if "?" not in address and "#" not in address:
        return address
    rest, mark, fragment = address.partition("#")
    path, question, query = rest.partition("?")
    if question:
        parts = query.split("&")
        names = _names_on(host_of(address))
        kept = [part for part in parts if not _tracks(part, names)]
        if len(kept) < len(parts):
            rest = f"{path}?{'&'.join(kept)}" if any(kept) else path
    if mark and fragment.lower().startswith("utm_"):
        mark = fragment = ""
    return rest + mark + fragment


@lru_cache(maxsize=1024)
def _names_on(host: str) -> tuple[str, ...]:
    return tuple(name for site, names in _BY_SITE.items() if under(host, site) for name in names)


def _tracks(part: str, here: tuple[str, ...]) -> bool:
    name = part.partition("=")[0].lower().removeprefix("amp;")
    if name in _EVERYWHERE or name.startswith(_PREFIXES) or name in here:
        return True
    return any(known.endswith("*") and name.startswith(known[:-1]) for known in here)
