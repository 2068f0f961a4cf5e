"""A small book of companies, invented but for the names that rules are about, and a way to annotate with it."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from broadsheet.annotate import NameBook, annotate_post
from broadsheet.model import Annotations, Company, CompanyBook, CompanyName, CompanyTie, Security

Annotate = Callable[..., Annotations]
DAY = datetime(2022, 8, 26, 4, 0, tzinfo=UTC)


def company(identity: str, names: str, *codes: str, outlet: bool = False, language: str = "zh-Hans") -> Company:
    """Build a company; a name that begins with ~ is a common word too, one with < a former name until 2020."""
    built = [
        CompanyName(
            text=name.lstrip("~<"),
            language=language,
            kind="former" if name.startswith("<") else "short",
            until=date(2020, 1, 1) if name.startswith("<") else None,
            common_word=name.startswith("~"),
        )
        for name in names.split()
    ]
    return Company(
        id=identity,
        names=tuple(built),
        securities=tuple(Security(code=code, mic="XXXX") for code in codes),
        outlet=outlet,
    )


COMPANIES = (
    company("jade", "玉兔科技 玉兔 兔 Yutu", "600901.SH", "0901.HK"),
    company("crane", "白鹤股份 <青鹤股份", "000902.SZ"),
    company("lantern", "灯笼电子", "LAN.US", "9902.HK"),
    company("compass", "~罗盘", "300903.SZ"),
    company("gazette", "晨报网", "603904.SH", outlet=True),
    company("north", "北辰汽车", "1904.HK"),
    company("south", "南辰汽车", "600905.SH"),
    company("polar", "北极星集团 北极星"),
    company("venture", "北南合资汽车"),
    company("brand", "小星汽车"),
    company("sub", "小星科技"),
    company("free", "无双传动"),
    company("twin-a", "双生股份", "600906.SH"),
    company("twin-b", "双生股份", "000907.SZ"),
    company("acme", "ACME", "ACM.US", language="en"),
    company("vivo", "vivid", language="en"),
    company("crown", "~Crown", "CRN.US", language="en"),
    company("mixed", "Q9灯饰", "002909.SZ"),
    company("precision", "明湖精密", "002908.SZ"),
)
TIES = (
    CompanyTie(company="polar", other="north", tie="parent"),
    CompanyTie(company="polar", other="south", tie="parent"),
    CompanyTie(company="north", other="venture", tie="jv"),
    CompanyTie(company="south", other="venture", tie="jv"),
    CompanyTie(company="jade", other="sub", tie="controls"),
    CompanyTie(company="sub", other="brand", tie="controls"),
    CompanyTie(company="free", other="jade", tie="affiliate"),
)
BOOK = CompanyBook(companies=COMPANIES, ties=TIES)


@pytest.fixture(scope="session")
def book() -> NameBook:
    return NameBook(BOOK)


@pytest.fixture
def annotate(book: NameBook) -> Annotate:
    """Annotate a text of the day with the small book."""

    def run(text: str, language: str = "zh-Hans") -> Annotations:
        return annotate_post(text, language, DAY, book)

    return run
