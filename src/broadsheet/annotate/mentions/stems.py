"""What texts call a company once they have said its name: the name without the word for its trade."""

from functools import lru_cache

from broadsheet.annotate.companies.naming import common_names, plain_name
from broadsheet.annotate.folding import fold
from broadsheet.annotate.tables import words
from broadsheet.model import Company

_NAME, _STEM = 4, 2


def stems_of(company: Company) -> tuple[str, ...]:
    """Give the stems of a company's four-character names that end with the word for a trade or a form."""
    found = []
    for name in company.names:
        plain = plain_name(name.text)
        stem = plain[:_STEM]
        if len(plain) == _NAME and plain[_STEM:] in _ends() and stem not in _ordinary():
            found.append(stem)
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def _ends() -> frozenset[str]:
    return frozenset(fold(word) for kind in ("end", "end_weak", "trade") for word in words("orgs_zh", kind))


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    """Give the stems that are places, trades or other ordinary words."""
    kinds = ("generic", "place", "end", "end_weak", "trade", "stop", "ordinary")
    return common_names() | frozenset(fold(word) for kind in kinds for word in words("orgs_zh", kind))
