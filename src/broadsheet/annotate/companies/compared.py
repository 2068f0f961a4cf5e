"""Two states of a company book compared, in words."""

from collections.abc import Iterator, Sequence

from broadsheet.model import BookReport, Company, CompanyBook, CompanyChange, CompanyTie


def compare_books(before: CompanyBook, after: CompanyBook, doubted: Sequence[str] = ()) -> BookReport:
    """Say which companies came, changed and went from one state of a book to the next."""
    old = {company.id: company for company in before.companies}
    new = {company.id: company for company in after.companies}
    ties = dict[str, list[str]]()
    for words, tie in _tie_changes(before.ties, after.ties):
        ties.setdefault(tie.company, []).append(words)
    return BookReport(
        added=tuple(_change(company, _codes(company)) for company in after.companies if company.id not in old),
        changed=tuple(
            _change(company, what)
            for company in after.companies
            if company.id in old and (what := [*_changes(old[company.id], company), *ties.get(company.id, ())])
        ),
        removed=tuple(_change(company, _codes(company)) for company in before.companies if company.id not in new),
        doubted=tuple(doubted),
    )


def _change(company: Company, what: Sequence[str]) -> CompanyChange:
    return CompanyChange(company=company.id, name=company.names[0].text, what=tuple(what))


def _codes(company: Company) -> list[str]:
    return [security.code for security in company.securities]


def _changes(old: Company, new: Company) -> Iterator[str]:
    if old == new:
        return
    found = [*_name_changes(old, new), *_security_changes(old, new)]
    yield from found or ["details"]


def _name_changes(old: Company, new: Company) -> Iterator[str]:
    if old.names[0].text != new.names[0].text:
        yield f"shown as {new.names[0].text}, not {old.names[0].text}"
    kinds = {name.text: name.kind for name in old.names}
    for name in new.names:
        if name.text not in kinds:
            yield f"also {name.text}" if name.kind != "former" else f"formerly {name.text}"
        elif name.kind == "former" != kinds[name.text]:
            yield f"formerly {name.text}, until {name.until}" if name.until else f"formerly {name.text}"
    texts = {name.text for name in new.names}
    yield from (f"no longer {name.text}" for name in old.names if name.text not in texts)


def _security_changes(old: Company, new: Company) -> Iterator[str]:
    known = {security.code: security for security in old.securities}
    for security in new.securities:
        before = known.pop(security.code, None)
        if before is None:
            yield f"listed as {security.code}"
        elif before.delisted != security.delisted:
            yield (
                f"{security.code} delisted {security.delisted}" if security.delisted else f"{security.code} is listed"
            )
        elif before.listed != security.listed:
            yield f"{security.code} listed {security.listed}"
    yield from (f"no longer {code}" for code in known)


def _tie_changes(old: Sequence[CompanyTie], new: Sequence[CompanyTie]) -> Iterator[tuple[str, CompanyTie]]:
    before, after = ({(tie.company, tie.tie, tie.other): tie for tie in ties} for ties in (old, new))
    yield from ((f"{tie.tie} {tie.other}", tie) for ends, tie in after.items() if before.get(ends) != tie)
    yield from ((f"no longer {tie.tie} {tie.other}", tie) for ends, tie in before.items() if ends not in after)
