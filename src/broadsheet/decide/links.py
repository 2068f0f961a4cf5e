"""The Link header (RFC 8288): what an answer points to, and how it is related."""

import re
from urllib.parse import urljoin

_LINK = re.compile(r'<([^<>]*)>((?:[^",<]|"(?:[^"\\]|\\.)*")*)')
_REL = re.compile(r';\s*rel\s*=\s*(?:"([^"]*)"|([^\s";,]+))', re.IGNORECASE)


def link_targets(header: str, relation: str, base_url: str) -> tuple[str, ...]:
    """The absolute addresses that a Link header gives for a relation, in its order; none where it is malformed."""
    found = []
    for target, parameters in _LINK.findall(header):
        relations = _REL.search(parameters)
        if relations and relation in (relations[1] or relations[2] or "").lower().split():
            found.append(_absolute(target.strip(), base_url))
    return tuple(address for address in found if address)


def _absolute(target: str, base_url: str) -> str:
    try:
        return urljoin(base_url, target)
    except ValueError:
        return ""
