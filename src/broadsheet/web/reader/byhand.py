"""What a person writes of one company in a form, as the tables of a list by hand, and back."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from broadsheet.errors import ConfigError
from broadsheet.model import CompanyList, CompanyTie

SOURCE: Final = "by hand"
"""Whose list it is that the forms write."""

MORE_TIES: Final = 2
"""Empty rows for relations below those there are."""

MOST_TIES: Final = 200
_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_ID: Final = 60
_UNTIL: Final = re.compile(r"(.+?)\s+(\d{4}(?:-\d\d){0,2})")


class Written(Struct, frozen=True, kw_only=True):
    """One company as it stands in the form: texts hold a name or a code a line."""

    id: str = ""
    zh: str = ""
    en: str = ""
    legal: str = ""
    former: str = ""
    common: str = ""
    wrong: str = ""
    codes: str = ""
    outlet: bool = False
    ties: Sequence[CompanyTie] = ()


def written_of(listed: CompanyList, company_id: str) -> Written:
    """Write what a list by hand says of a company into the form."""
    ties = tuple(tie for tie in listed.ties if tie.company == company_id)
    company = next((one for one in listed.companies if one.id == company_id), None)
    if company is None:
        return Written(id=company_id, ties=ties)
    spoken = [name for name in company.names if name.kind in {"short", "brand"}]
    return Written(
        id=company_id,
        zh="\n".join(name.text for name in spoken if name.language != "en"),
        en="\n".join(name.text for name in spoken if name.language == "en"),
        legal="\n".join(name.text for name in company.names if name.kind == "legal"),
        former="\n".join(
            f"{name.text} {name.until or ''}".strip() for name in company.names if name.kind == "former"
        ),
        common="\n".join(name.text for name in company.names if name.common_word),
        wrong="\n".join(name.text for name in company.names if name.kind == "wrong"),
        codes="\n".join(f"{one.code} {one.mic}" for one in company.securities),
        outlet=company.outlet,
        ties=ties,
    )


def tables_of(fields: Mapping[str, str], find: Callable[[str], str]) -> dict[str, object]:
    """Read the form as tables of a list by hand; `find` gives the id of a company that a relation names.

    Raises:
        ConfigError: the id is none.
    """
    company_id = id_of(fields)
    names = {kind: _lines(fields, kind) for kind in ("zh", "en", "legal", "wrong")}
    former = [_former(line) for line in _lines(fields, "former")]
    listings = [_listing(line) for line in _lines(fields, "codes")]
    outlet = fields.get("outlet") == "1"
    firm = {"id": company_id, **names, "common": _lines(fields, "common"), "former": former, "listings": listings}
    says = outlet or former or listings or any(names.values())
    return {"company": [{**firm, "outlet": outlet}] if says else [], "tie": list(_ties(fields, company_id, find))}


def id_of(fields: Mapping[str, str]) -> str:
    """Read the id of the form's company.

    Raises:
        ConfigError: it is none.
    """
    company_id = fields.get("id", "").strip().lower()
    if not _ID.fullmatch(company_id) or len(company_id) > _LONGEST_ID:
        raise ConfigError("id", "is made of a-z, 0-9 and - between them, 60 at the most, as in baic-motor")
    return company_id


def _lines(fields: Mapping[str, str], name: str) -> list[str]:
    return [text for line in fields.get(name, "").splitlines() if (text := " ".join(line.split()))]


def _former(line: str) -> dict[str, str]:
    dated = _UNTIL.fullmatch(line)
    text = dated[1] if dated else line
    found = {"text": text, "language": "en" if text.isascii() else "zh"}
    return found | {"until": dated[2]} if dated else found


def _listing(line: str) -> dict[str, str]:
    code, _, mic = line.partition(" ")
    return {"code": code, "mic": mic.upper()} if mic else {"code": code}


def _ties(fields: Mapping[str, str], company_id: str, find: Callable[[str], str]) -> Iterator[dict[str, str]]:
    for row in range(MOST_TIES):
        if other := fields.get(f"other{row}", "").strip():
            tie = {"company": company_id, "tie": fields.get(f"tie{row}", ""), "other": find(other)}
            source = fields.get(f"source{row}", "").strip()
            yield tie | {"source": source} if source else tie
