"""The paper's company book: what ships, with imported lists above it, each replaced by the next of its source."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.store.builders import NOON, make_company, minutes

from broadsheet.errors import NotFoundError
from broadsheet.model import CompanyList, CompanyTie
from broadsheet.store import Store

LATER = NOON + timedelta(days=30)


JADE, CRANE = make_company("699901.SH", "玉兔科技"), make_company("699902.SH", "白鹤股份")
LIST = CompanyList(companies=(JADE, CRANE))


def shown(store: Store, identity: str) -> list[tuple[str, str]]:
    return [(name.text, name.kind) for name in store.companies.company(identity).names]


def test_a_new_paper_has_the_book_that_ships(store: Store) -> None:
    assert store.companies.company("xiaomi").securities[0].code == "1810.HK"
    assert store.companies.lists() == []
    with pytest.raises(NotFoundError, match="show company"):
        store.companies.company("nobody")


def test_a_list_adds_companies_and_a_second_time_nothing(store: Store) -> None:
    before = store.companies.digest()
    report = store.companies.keep(LIST, "list.csv", NOON)
    assert [(one.company, one.name, one.what) for one in report.added] == [
        ("699901-sh", "玉兔科技", ("699901.SH",)),
        ("699902-sh", "白鹤股份", ("699902.SH",)),
    ]
    digest = store.companies.digest()
    assert digest != before
    again = store.companies.keep(LIST, "list.csv", LATER)
    assert (again.added, again.changed, again.removed, again.doubted) == ((), (), (), ())
    assert store.companies.digest() == digest
    (kept,) = store.companies.lists()
    assert (kept.source, kept.imported_at, kept.companies, kept.own) == ("list.csv", LATER, 2, False)
    assert store.companies.sources(JADE) == {"list.csv": NOON}


def test_weighing_tells_the_same_and_keeps_nothing(store: Store) -> None:
    digest = store.companies.digest()
    weighed = store.companies.weigh(LIST, "list.csv", NOON)
    assert (store.companies.lists(), store.companies.digest()) == ([], digest)
    assert weighed == store.companies.keep(LIST, "list.csv", NOON)


def test_a_list_that_is_forgotten_leaves_the_book_as_it_was(store: Store) -> None:
    digest = store.companies.digest()
    store.companies.keep(LIST, "list.csv", NOON)
    weighed = store.companies.weigh_forgetting("list.csv")
    assert len(store.companies.lists()) == 1
    assert [one.company for one in weighed.removed] == ["699901-sh", "699902-sh"]
    assert store.companies.forget("list.csv") == weighed
    assert (store.companies.lists(), store.companies.digest()) == ([], digest)
    with pytest.raises(NotFoundError, match="no list of this source was imported"):
        store.companies.forget("list.csv")


def test_a_newer_list_renames_and_delists(store: Store) -> None:
    store.companies.keep(LIST, "list.csv", NOON)
    digest = store.companies.digest()
    report = store.companies.keep(CompanyList(companies=(make_company("699901.SH", "金兔科技"),)), "list.csv", LATER)
    assert [(one.company, one.what) for one in report.changed] == [
        ("699901-sh", ("shown as 金兔科技, not 玉兔科技", "also 金兔科技", "formerly 玉兔科技, until 2026-12-23")),
        ("699902-sh", ("699902.SH delisted 2026-12-23",)),
    ]
    assert shown(store, "699901-sh") == [("金兔科技", "short"), ("玉兔科技", "former")]
    assert store.companies.company("699902-sh").securities[0].delisted == date(2026, 12, 23)
    assert store.companies.digest() != digest
    assert store.companies.sources(JADE) == {"list.csv": LATER}


def test_a_list_by_hand_stands_above_the_others_and_is_as_it_is_now(store: Store) -> None:
    mine = make_company("699901.SH", "玉兔", identity="jade")
    tie = CompanyTie(company="jade", other="699902.SH", tie="controls", source="年报")
    report = store.companies.keep(CompanyList(companies=(mine,), ties=(tie,), own=True), "mine.toml", NOON)
    assert report.doubted == ("jade controls 699902.SH: 699902.SH is no company of the book",)
    store.companies.keep(LIST, "list.csv", minutes(1))
    assert shown(store, "jade") == [("玉兔", "short"), ("玉兔科技", "short")]
    assert [one.other for one in store.companies.book().ties if one.company == "jade"] == ["699902-sh"]
    assert [one.source for one in store.companies.lists()] == ["list.csv", "mine.toml"]
    report = store.companies.keep(CompanyList(companies=(CRANE,), own=True), "mine.toml", LATER)
    assert [one.company for one in report.removed] == ["jade"]
    assert [one.company for one in report.added] == ["699901-sh"]


def test_the_book_is_put_together_once_until_a_list_changes(store: Store) -> None:
    before = store.companies.book()
    assert store.companies.book() is before
    store.companies.keep(LIST, "list", NOON)
    after = store.companies.book()
    assert len(after.companies) == len(before.companies) + 2
    assert store.companies.book() is after


def test_companies_are_found_by_name_and_code(store: Store) -> None:
    store.companies.keep(LIST, "list.csv", NOON)
    for words in ("699901-sh", "699901", "sh699901", "玉兔科技", "玉兔"):
        assert [company.id for company in store.companies.find(words)] == ["699901-sh"]
    assert store.companies.find("nobody at all") == ()


def test_moments_come_back_as_they_were_kept(store: Store) -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    store.companies.keep(LIST, "list.csv", at)
    assert store.companies.lists()[0].imported_at == at
