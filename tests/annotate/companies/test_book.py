"""The book that ships, and books put together."""

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.annotate.conftest import BOOK, company

from broadsheet.annotate import curated_book, merge_book, read_companies
from broadsheet.annotate.companies.naming import plain_name
from broadsheet.model import Company, CompanyBook, CompanyList, CompanyName, CompanyTie, Security

CURATED = curated_book()
LISTS = "data/market/securities"


def by_id(identity: str) -> list[str]:
    (found,) = (company for company in CURATED.companies if company.id == identity)
    return [security.code for security in found.securities]


def is_short_for(short: str, name: str) -> bool:
    """Tell whether a name holds the characters of its abbreviation in their order."""
    rest = iter(name)
    return all(character in rest for character in short)


def test_the_book_knows_the_firms_of_its_first_story() -> None:
    ties = {(tie.company, tie.tie, tie.other): tie for tie in CURATED.ties}
    assert (by_id("xiaomi"), by_id("baic-motor"), by_id("baic-bluepark")) == (["1810.HK"], ["1958.HK"], ["600733.SH"])
    assert by_id("baic-group") == by_id("beijing-hyundai") == []
    assert ties["baic-group", "parent", "baic-motor"].since == date(2014, 12, 19)
    assert ties["baic-motor", "jv", "beijing-hyundai"].percent == 50
    assert ("xiaomi", "controls", "xiaomi-tech") in ties


def test_ids_and_codes_are_given_once_and_ties_join_companies_of_the_book() -> None:
    ids = [company.id for company in CURATED.companies]
    codes = [security.code for company in CURATED.companies for security in company.securities]
    assert len(ids) == len(set(ids)) > 1000
    assert len(codes) == len(set(codes))
    assert all({tie.company, tie.other} <= set(ids) and tie.source for tie in CURATED.ties)


def test_a_month_or_a_year_is_read_as_its_first_day() -> None:
    names = {name.text: name.until for company in CURATED.companies for name in company.names}
    assert names["美团点评"] == date(2020, 9, 1)
    assert names["美团"] is None


def lay(
    *companies: Company, own: bool = False, ties: tuple[CompanyTie, ...] = ()
) -> tuple[CompanyBook, Sequence[str]]:
    """Lay one list over the small book."""
    merged, (doubted,) = merge_book(BOOK, CompanyList(companies=companies, own=own, ties=ties))
    return merged, doubted


def names_of(book: CompanyBook, identity: str) -> list[str]:
    return next([name.text for name in firm.names] for firm in book.companies if firm.id == identity)


def codes_of(book: CompanyBook, identity: str) -> list[str]:
    return next([security.code for security in firm.securities] for firm in book.companies if firm.id == identity)


def test_a_list_adds_firms_and_lengthens_known_ones() -> None:
    listed = (
        company("600901-sh", "玉兔科技", "600901.SH"),
        company("000902-sz", "白鹤新材", "000902.SZ"),
        company("600999-sh", "新来股份", "600999.SH"),
    )
    merged, doubted = lay(*listed)
    assert (codes_of(merged, "600999-sh"), doubted) == (["600999.SH"], ())
    assert names_of(merged, "crane") == ["白鹤股份", "白鹤新材", "青鹤股份"]
    assert merge_book(merged, CompanyList(companies=listed)) == (merged, ((),))


def test_a_name_that_another_firm_has_is_doubted_and_a_b_share_is_its_issuers() -> None:
    merged, doubted = lay(
        company("600998-sh", "玉兔科技", "600998.SH"),
        company("200902-sz", "白鹤股份B", "200902.SZ"),
        company("000902-sz", "白鹤股份 灯笼电子", "000902.SZ"),
    )
    assert doubted == (
        "玉兔科技 (600998-sh) is also a name of jade",
        "灯笼电子 (crane) is also a name of lantern",
    )
    assert codes_of(merged, "crane") == ["000902.SZ", "200902.SZ"]


def test_what_a_list_says_of_a_listing_stands_above_what_the_book_said() -> None:
    told = Security(code="000902.SZ", mic="XSHE", listed=date(2001, 2, 3))
    merged, _ = lay(replace(company("000902-sz", "白鹤股份"), securities=(told,)))
    assert next(firm.securities for firm in merged.companies if firm.id == "crane") == (told,)
    again, _ = merge_book(merged, CompanyList(companies=(company("000902-sz", "白鹤股份", "000902.SZ"),)))
    assert next(firm.securities[0].listed for firm in again.companies if firm.id == "crane") == date(2001, 2, 3)


def test_a_name_that_a_list_calls_former_leads_no_more() -> None:
    merged, _ = lay(company("000902-sz", "<白鹤股份 金鹤股份", "000902.SZ"))
    assert names_of(merged, "crane") == ["金鹤股份", "青鹤股份", "白鹤股份"]


def test_a_name_of_today_is_not_former_for_a_mark() -> None:
    merged, _ = lay(company("000902-sz", "白鹤股份 <*ST白鹤股份", "000902.SZ"))
    assert names_of(merged, "crane") == ["白鹤股份", "青鹤股份"]


def test_names_by_hand_lead_and_wrong_ones_go() -> None:
    wrong = (CompanyName(text="兔", kind="wrong"), CompanyName(text="月兔"))
    merged, _ = lay(Company(id="jade", names=wrong), own=True)
    assert names_of(merged, "jade") == ["月兔", "玉兔科技", "玉兔", "Yutu"]
    merged, doubted = lay(Company(id="new", names=wrong[:1]), own=True)
    assert (len(merged.companies), doubted) == (
        len(BOOK.companies),
        ("new has no name, and is no company of the book",),
    )
    merged, _ = lay(Company(id="compass", names=(CompanyName(text="罗盘", kind="wrong"),)), own=True)
    assert names_of(merged, "compass") == ["罗盘"]


def test_an_id_by_hand_stands_in_place_of_one_made_of_a_code() -> None:
    listed = CompanyList(
        companies=(company("600999-sh", "新来股份", "600999.SH"),),
        ties=(CompanyTie(company="600999-sh", other="jade", tie="parent"),),
    )
    own = CompanyList(
        companies=(company("newcomer", "新来", "600999.SH"), company("rabbit", "兔子", "600901.SH")),
        ties=(CompanyTie(company="600999.SH", other="rabbit", tie="jv", percent=30),),
        own=True,
    )
    merged, _ = merge_book(BOOK, listed, own)
    assert names_of(merged, "newcomer") == ["新来", "新来股份"]
    assert names_of(merged, "jade")[0] == "兔子"
    ties = [(tie.company, tie.tie, tie.percent) for tie in merged.ties if tie.company == "newcomer"]
    assert ties == [("newcomer", "parent", None), ("newcomer", "jv", 30)]


def test_a_person_moves_a_code() -> None:
    merged, doubted = lay(company("crane", "白鹤股份", "600901.SH"), own=True)
    assert doubted == ("600901.SH was of jade, and is of crane now",)
    assert (codes_of(merged, "jade"), codes_of(merged, "crane")) == (["0901.HK"], ["000902.SZ", "600901.SH"])


def test_a_tie_to_nobody_is_doubted() -> None:
    merged, doubted = lay(ties=(CompanyTie(company="jade", other="nobody", tie="controls"),))
    assert doubted == ("jade controls nobody: nobody is no company of the book",)
    assert merged.ties == BOOK.ties


def test_codes_and_days_of_listing_agree_with_the_lists(shared: Path) -> None:
    with (shared / LISTS / "a_share_tushare_stock_basic.csv").open(encoding="utf-8") as file:
        listed = {row["ts_code"]: row for row in csv.DictReader(file)}
    wrong = []
    for firm in CURATED.companies:
        names = {plain_name(name.text) for name in firm.names}
        for security in firm.securities:
            row = listed.get(security.code)
            if row is None:
                continue
            today = plain_name(row["name"]).removeprefix("退市")
            day = f"{security.listed:%Y%m%d}" if security.listed else row["list_date"]
            if day != row["list_date"] or not any(is_short_for(today, name) for name in names):
                wrong.append((security.code, today, names, day))
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("a_share_tushare_stock_basic.csv", 5524),
        ("a_share_adata_2.9.5_code.csv", 5640),
        ("a_share_stocklist_5430.csv", 5429),
        ("a_share_zvt_2020-06.csv", 3756),
    ],
)
def test_every_row_of_a_list_is_a_company(shared: Path, name: str, count: int) -> None:
    listed = read_companies((shared / LISTS / name).read_bytes(), name)
    merged, (doubted,) = merge_book(CURATED, listed)
    assert len(listed.companies) == count
    assert len(merged.companies) - len(CURATED.companies) < count
    assert len(doubted) < 40
