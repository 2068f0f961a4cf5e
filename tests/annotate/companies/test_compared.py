"""Two states of a book compared."""

from datetime import date

from msgspec.structs import replace
from tests.annotate.conftest import company

from broadsheet.annotate import compare_books
from broadsheet.model import BookReport, Company, CompanyBook, CompanyChange, CompanyName, CompanyTie, Security, Tie

JADE = company("jade", "玉兔科技 玉兔 <月兔", "600901.SH", "0901.HK")
DAY = date(2026, 11, 26)


def changes(new: Company) -> list[str]:
    report = compare_books(CompanyBook(companies=(JADE,)), CompanyBook(companies=(new,)))
    return [what for change in report.changed for what in change.what]


def named(*names: tuple[str, str]) -> Company:
    kinds = {"f": "former", "s": "short"}
    return replace(
        JADE,
        names=tuple(CompanyName(text=text, kind=kinds[kind], until=DAY) for text, kind in names),  # type: ignore[arg-type]
    )


def listed(*securities: Security) -> Company:
    return replace(JADE, securities=securities)


def test_who_came_and_who_went() -> None:
    report = compare_books(
        CompanyBook(companies=(JADE,)), CompanyBook(companies=(company("crane", "白鹤", "000902.SZ"),)), ["why"]
    )
    assert report == BookReport(
        added=(CompanyChange(company="crane", name="白鹤", what=("000902.SZ",)),),
        removed=(CompanyChange(company="jade", name="玉兔科技", what=("600901.SH", "0901.HK")),),
        doubted=("why",),
    )


def test_nothing_changed() -> None:
    assert changes(JADE) == []


def test_names() -> None:
    assert changes(named(("金兔", "s"), ("玉兔科技", "f"), ("玉兔", "s"), ("月兔", "f"))) == [
        "shown as 金兔, not 玉兔科技",
        "also 金兔",
        "formerly 玉兔科技, until 2026-11-26",
    ]
    assert changes(named(("玉兔科技", "s"), ("月兔", "f"), ("银兔", "f"))) == ["formerly 银兔", "no longer 玉兔"]
    undated = replace(JADE, names=(JADE.names[0], CompanyName(text="玉兔", kind="former"), JADE.names[2]))
    assert changes(undated) == ["formerly 玉兔"]


def test_listings() -> None:
    first, second = JADE.securities
    third = Security(code="JAD.US", mic="XNAS")
    assert changes(listed(first, replace(second, delisted=DAY), third)) == [
        "0901.HK delisted 2026-11-26",
        "listed as JAD.US",
    ]
    assert changes(listed(replace(first, listed=DAY))) == ["600901.SH listed 2026-11-26", "no longer 0901.HK"]
    gone = CompanyBook(companies=(listed(replace(first, delisted=DAY)),))
    report = compare_books(gone, CompanyBook(companies=(listed(first),)))
    assert report.changed[0].what == ("600901.SH is listed",)


def test_anything_else() -> None:
    assert changes(replace(JADE, outlet=True)) == ["details"]


def test_ties() -> None:
    def tie(kind: Tie, percent: float | None = None) -> CompanyTie:
        return CompanyTie(company="jade", other="crane", tie=kind, percent=percent)

    before = CompanyBook(companies=(JADE,), ties=(tie("controls"), tie("jv"), tie("affiliate")))
    after = CompanyBook(companies=(JADE,), ties=(tie("controls", 51), tie("affiliate"), tie("parent")))
    assert compare_books(before, after).changed[0].what == ("controls crane", "parent crane", "no longer jv crane")
