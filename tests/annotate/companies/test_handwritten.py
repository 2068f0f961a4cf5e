"""Lists of companies written by hand."""

from datetime import date
from importlib.resources import files

import pytest

from broadsheet.annotate import curated_book, read_companies
from broadsheet.annotate.companies.handwritten import amend_list, read_document, read_handwritten
from broadsheet.errors import ConfigError
from broadsheet.model import CompanyName, CompanyTie, Security

WHOLE = """# mine
[[company]]
id = "jade"
zh = ["玉兔科技", "罗盘"]
zh_hant = ["玉兔電子"]
en = ["Yutu"]
legal = ["玉兔科技股份有限公司", "Yutu Inc."]
former = [{ text = "月兔", until = "2018-09" }, { text = "Moonhare", language = "en" }]
common = ["罗盘"]
wrong = ["兔"]
outlet = true
listings = [
  { code = "sh600901", name = "玉兔", class = "A", currency = "CNY", listed = 2018-07-09, delisted = "2020" },
  { code = "JAD", mic = "XNAS" },
  { code = "JAD.XX" },
]

[[company]]
id = "star"
zh = ["小星"]
brand = true

[[tie]]
company = "jade"
other = "star"
tie = "controls"
percent = 51
source = "年报"
since = "2019"
until = "2021-02-03"
"""


def test_all_that_a_list_may_say() -> None:
    listed = read_companies(WHOLE.encode(), "mine.toml")
    jade, star = listed.companies
    assert (listed.own, jade.id, jade.outlet, star.names[0].kind) == (True, "jade", True, "brand")
    assert jade.names == (
        CompanyName(text="玉兔科技"),
        CompanyName(text="罗盘", common_word=True),
        CompanyName(text="玉兔電子", language="zh-Hant"),
        CompanyName(text="Yutu", language="en"),
        CompanyName(text="玉兔科技股份有限公司", kind="legal"),
        CompanyName(text="Yutu Inc.", kind="legal", language="en"),
        CompanyName(text="月兔", kind="former", until=date(2018, 9, 1)),
        CompanyName(text="Moonhare", kind="former", language="en"),
        CompanyName(text="兔", kind="wrong"),
    )
    assert jade.securities == (
        Security(
            code="600901.SH",
            mic="XSHG",
            name="玉兔",
            share_class="A",
            currency="CNY",
            listed=date(2018, 7, 9),
            delisted=date(2020, 1, 1),
        ),
        Security(code="JAD.US", mic="XNAS"),
    )
    assert listed.doubted == ("jade: JAD.XX is on no exchange that is known",)
    assert listed.ties == (
        CompanyTie(
            company="jade",
            other="star",
            tie="controls",
            percent=51,
            source="年报",
            since=date(2019, 1, 1),
            until=date(2021, 2, 3),
        ),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[company]]\nid = "a"\nzh = "玉兔"\n', r"Expected `array`, got `str` - at `\$.company\[0\].zh`"),
        ('[[company]]\nzh = ["玉兔"]\n', "missing required field `id`"),
        ('[[company]]\nid = "a"\nname = "玉兔"\n', "unknown field `name`"),
        ('[[company]]\nid = "a\n', "is no list of companies in TOML"),
        (
            '[[company]]\nid = "a"\nlistings = [{ code = "600901.SH", listed = "2018-13" }]\n',
            "'2018-13' is no day; write",
        ),
        ('note = """\n[[company]]\n"""\n', "unknown field `note`"),
        ("company = []\n# \n [[ tie ]]\n", "missing required field"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=rf"^mine\.toml: .*{words}"):
        read_companies(text.encode(), "mine.toml")


def test_a_list_that_holds_nothing_is_none() -> None:
    with pytest.raises(ConfigError, match=r"mine\.toml: holds no \[\[company\]\] and no \[\[tie\]\]"):
        read_handwritten("# nothing yet\ncompany = []\n", "mine.toml")


def test_the_book_that_ships_leaves_no_doubt() -> None:
    file = files("broadsheet.annotate.companies") / "companies.toml"
    listed = read_companies(file.read_bytes(), "companies.toml")
    assert (listed.doubted, listed.companies) == ((), curated_book().companies[: len(listed.companies)])


def test_an_exchange_that_is_named_is_believed() -> None:
    text = '[[company]]\nid = "a"\nlistings = [{ code = "ACM.MI", mic = "XMIL" }, { code = "ACM", mic = "XMIL" }]\n'
    listed = read_companies(text.encode(), "mine.toml")
    assert [security.code for security in listed.companies[0].securities] == ["ACM.MI"]
    assert listed.doubted == ("a: ACM is on no exchange that is known",)


def test_one_company_is_written_anew_and_the_rest_of_a_list_stays() -> None:
    own = read_handwritten(WHOLE, "mine.toml")
    said = read_document({"company": [{"id": "jade", "zh": ["玉石"]}]}, "form")
    amended = amend_list(own, "jade", said)
    assert [(one.id, one.names[0].text) for one in amended.companies] == [("star", "小星"), ("jade", "玉石")]
    assert [tie for tie in own.ties if tie.company != "jade"] == list(amended.ties)
    nothing = amend_list(amended, "jade", read_document({}, "form"))
    assert ([one.id for one in nothing.companies], nothing.own) == (["star"], True)


def test_tables_of_another_form_are_no_list() -> None:
    with pytest.raises(ConfigError, match="form"):
        read_document({"company": [{"name": "x"}]}, "form")
