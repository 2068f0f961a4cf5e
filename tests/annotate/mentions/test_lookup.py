"""The index of names."""

from datetime import UTC, date, datetime

from tests.annotate.conftest import BOOK, company

from broadsheet.annotate import NameBook, annotate_post
from broadsheet.model import Company, CompanyBook, CompanyName, CompanyTie, Security


def test_a_name_is_found_with_and_without_the_class_of_its_share() -> None:
    book = NameBook(CompanyBook(companies=(company("a", "玉兔A", "000901.SZ"),)))
    found = [(hit.start, hit.end) for hit in book.find("玉兔a与玉兔") if hit.named]
    assert found == [(0, 3), (4, 6)]
    assert [one.company.id for one in book.named("玉兔Ａ")] == ["a"]


def test_words_that_only_look_like_a_name_are_nobodys() -> None:
    book = NameBook(CompanyBook(companies=(company("q", "高通", "QQ.US"),)))
    assert [hit.named for hit in book.find("高通胀")] == [()]


def test_codes_lead_to_their_issuer(book: NameBook) -> None:
    assert book.codes["0901.HK"].id == "jade"


def test_a_chain_of_ties_is_followed_to_a_listing_and_given_up_after_some_steps() -> None:
    names = [company(f"c{number}", f"第{number}层公司甲") for number in range(8)]
    ties = tuple(CompanyTie(company=f"c{number}", other=f"c{number + 1}", tie="controls") for number in range(7))
    book = NameBook(CompanyBook(companies=tuple(names), ties=ties))
    assert book.kinship(names[7]).relation == "unlisted"


def test_a_tie_of_a_subsidiary_reads_the_same_from_below() -> None:
    issuer, unit = company("up", "上层股份", "600900.SH"), company("down", "下层公司")
    book = NameBook(
        CompanyBook(companies=(issuer, unit), ties=(CompanyTie(company="down", other="up", tie="subsidiary"),))
    )
    assert (book.kinship(unit).relation, book.kinship(unit).issuers) == ("subsidiary", (issuer,))


def test_a_name_counts_from_its_day_on_and_one_that_was_given_up_after_it() -> None:
    early = Company(
        id="early",
        names=(CompanyName(text="明珠股份", until=date(2020, 1, 1)),),
        securities=(Security(code="1.HK", mic="XHKG"),),
    )
    late = Company(
        id="late",
        names=(CompanyName(text="明珠股份", since=date(2021, 1, 1)),),
        securities=(Security(code="2.HK", mic="XHKG"),),
    )
    book = NameBook(CompanyBook(companies=(early, late)))
    for year, expected in ((2019, "early"), (2020, "early"), (2022, "late")):
        (found,) = annotate_post("明珠股份公告。", "zh", datetime(year, 6, 1, tzinfo=UTC), book).mentions
        assert found.company_id == expected


def test_the_small_book_is_sound() -> None:
    assert len(NameBook(BOOK).companies) == len(BOOK.companies)
