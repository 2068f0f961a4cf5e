"""A newer list in place of an older one of its source."""

from datetime import date

from msgspec.structs import replace
from tests.annotate.conftest import company

from broadsheet.annotate import succeed_list
from broadsheet.model import CompanyList, Security

DAY, EARLIER = date(2026, 11, 26), date(2020, 1, 1)
OLD = CompanyList(
    companies=(
        company("600901-sh", "玉兔科技 <月兔", "600901.SH"),
        company("000902-sz", "*ST白鹤", "000902.SZ"),
        replace(company("000904-sz", "灯笼"), securities=(Security(code="000904.SZ", mic="XSHE", delisted=EARLIER),)),
    )
)


def succeed(*companies: str) -> list[tuple[str, list[tuple[str, str]], date | None]]:
    new = CompanyList(companies=tuple(company(*words.split("|")) for words in companies))
    return [
        (firm.id, [(name.text, name.kind) for name in firm.names], firm.securities[0].delisted)
        for firm in succeed_list(OLD, new, DAY).companies
    ]


def test_who_is_named_otherwise_was_called_so_before_and_who_is_missing_was_delisted() -> None:
    assert succeed("600901-sh|金兔科技|600901.SH", "600999-sh|新来|600999.SH") == [
        ("600901-sh", [("金兔科技", "short"), ("玉兔科技", "former"), ("月兔", "former")], None),
        ("600999-sh", [("新来", "short")], None),
        ("000902-sz", [("*ST白鹤", "short")], DAY),
        ("000904-sz", [("灯笼", "short")], EARLIER),
    ]


def test_a_mark_is_no_other_name() -> None:
    assert succeed("600901-sh|玉兔科技|600901.SH", "000902-sz|白鹤|000902.SZ")[1] == (
        "000902-sz",
        [("白鹤", "short")],
        None,
    )


def test_a_day_of_listing_that_is_no_longer_told_stays() -> None:
    told = replace(OLD.companies[0], securities=(Security(code="600901.SH", mic="XSHG", listed=EARLIER),))
    found = succeed_list(CompanyList(companies=(told,)), CompanyList(companies=OLD.companies[:1]), DAY)
    assert found.companies[0].securities[0].listed == EARLIER


def test_a_list_of_something_else_delists_nobody() -> None:
    found = succeed_list(OLD, CompanyList(companies=(company("600999-sh", "新来", "600999.SH"),)), DAY)
    assert found.companies[1:] == OLD.companies
    (doubt,) = found.doubted
    assert doubt.startswith("2 of 3 companies of the list before are not in this one (玉兔科技、*ST白鹤, ...): ")


def test_what_was_written_by_hand_is_as_it_is_now() -> None:
    own = CompanyList(companies=(company("jade", "玉兔"),), own=True)
    assert succeed_list(OLD, own, DAY) is own
