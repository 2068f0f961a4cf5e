"""The book that ships, and books put together."""

import csv
from datetime import date
from pathlib import Path

import pytest
from tests.annotate.conftest import BOOK, company

from broadsheet.annotate import curated_book, merge_book, read_companies
from broadsheet.annotate.naming import plain_name

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


def test_a_list_adds_firms_and_lengthens_known_ones() -> None:
    listed = [
        company("600901-sh", "玉兔科技", "600901.SH"),
        company("000902-sz", "白鹤新材", "000902.SZ"),
        company("600999-sh", "新来股份", "600999.SH"),
    ]
    merged, report = merge_book(BOOK, listed)
    assert (report.added, report.changed, report.doubted) == (("600999-sh",), ("crane",), ())
    names = {company.id: [name.text for name in company.names] for company in merged.companies}
    assert names["crane"] == ["白鹤股份", "青鹤股份", "白鹤新材"]
    assert merge_book(merged, listed)[1].changed == ()


def test_a_name_that_another_firm_has_is_doubted_and_a_b_share_is_its_issuers() -> None:
    merged, report = merge_book(
        BOOK, [company("600998-sh", "玉兔科技", "600998.SH"), company("200902-sz", "白鹤股份B", "200902.SZ")]
    )
    assert report.doubted == ("玉兔科技 (600998-sh) is also a name of jade",)
    codes = {company.id: [security.code for security in company.securities] for company in merged.companies}
    assert codes["crane"] == ["000902.SZ", "200902.SZ"]


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
    _, report = merge_book(CURATED, listed)
    assert len(listed) == count
    assert len(report.added) + len(report.changed) <= count
    assert len(report.doubted) < 40
