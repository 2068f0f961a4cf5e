"""A newer list of one source in place of the one before: who was renamed, and who is listed no more."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from broadsheet.annotate.companies.naming import plain_name
from broadsheet.model import Company, CompanyList, CompanyName

_MOST_GONE = 10
"""A tenth of a list may be gone from the next; where more is, the next is a list of something else."""


def succeed_list(old: CompanyList, new: CompanyList, day: date) -> CompanyList:
    """Put a newer list in place of an older of the same source; `day` is when it came.

    What was a name is a former one until that day, what is listed no more is delisted on it. What a person wrote by
    hand is as the person has it now. `doubted` grows where so many are missing that the lists can hardly be of one
    kind.
    """
    if new.own:
        return new
    before = {company.id: company for company in old.companies}
    now = {company.id for company in new.companies}
    companies = [_renamed(before.get(company.id), company, day) for company in new.companies]
    gone = [company for company in old.companies if company.id not in now]
    leaving = [company for company in gone if _is_listed(company)]
    doubted = new.doubted
    if len(leaving) > max(1, len(before) // _MOST_GONE):
        doubted = (*doubted, _too_many(leaving, len(before)))
    else:
        gone = [_delisted(company, day) for company in gone]
    return replace(new, companies=(*companies, *gone), doubted=doubted)


def _renamed(before: Company | None, company: Company, day: date) -> Company:
    """Let the names that a company no longer has be former ones, and the dates that are no longer told stay."""
    if before is None:
        return company
    today = {plain_name(name.text) for name in company.names}
    former = (_former(name, day) for name in before.names if plain_name(name.text) not in today)
    days = {security.code: security.listed for security in before.securities}
    securities = (
        replace(security, listed=security.listed or days.get(security.code)) for security in company.securities
    )
    return replace(company, names=(*company.names, *former), securities=tuple(securities))


def _former(name: CompanyName, day: date) -> CompanyName:
    return name if name.kind == "former" else replace(name, kind="former", until=day)


def _is_listed(company: Company) -> bool:
    return any(security.delisted is None for security in company.securities)


def _delisted(company: Company, day: date) -> Company:
    securities = (replace(security, delisted=security.delisted or day) for security in company.securities)
    return replace(company, securities=tuple(securities))


def _too_many(leaving: Sequence[Company], count: int) -> str:
    names = "、".join(company.names[0].text for company in leaving[:3])
    return (
        f"{len(leaving)} of {count} companies of the list before are not in this one ({names}, ...): "
        "they stay as they were; give a list of another kind a --source of its own"
    )
