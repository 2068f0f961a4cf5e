"""The `srcset` attribute: parsed, checked and written anew, because no sanitiser looks inside it."""

import re

from broadsheet.clean.links.addresses import absolute

_CANDIDATE = re.compile(r"[\s,]*+(\S*[^\s,])(?:\s+(\d+(?:\.\d+)?[wx])(?:\s+\d+h)?)?\s*(?:,|$)")
_MOST = 20
_LONGEST = 4_000


def rebuilt(value: str, base: str | None) -> tuple[tuple[str, str], ...]:
    """Read the candidates as (absolute address, descriptor), leaving out what no browser could use.

    A comma inside an address is part of it; one at its end is not (WHATWG HTML, section 4.8.4.2.1).
    """
    found: list[tuple[str, str]] = []
    for match in _CANDIDATE.finditer(value[:_LONGEST]):
        address = absolute(match[1], base)
        if address is not None and len(found) < _MOST:
            found.append((address.replace(",", "%2C"), match[2] or ""))
    return tuple(found)


def largest(candidates: tuple[tuple[str, str], ...]) -> str:
    """Name the address of the largest candidate; `w` counts CSS pixels, `x` density."""
    return max(candidates, key=lambda candidate: float(candidate[1][:-1] or 1) if candidate[1] else 1.0)[0]
