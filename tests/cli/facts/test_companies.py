"""The company book on the terminal."""

from pathlib import Path

import pytest
from tests.cli.conftest import Call

LIST = "code,name\n699901,玉兔科技\n699902,白鹤股份\n"
BY_HAND = """[[company]]
id = "jade"
zh = ["玉兔"]
listings = [{ code = "699901.SH" }]

[[tie]]
company = "jade"
other = "xiaomi"
tie = "affiliate"
source = "年报"
"""


@pytest.fixture
def listed(paper: Path, call: Call) -> Path:
    (paper / "list.csv").write_text(LIST, "utf-8")
    assert call("import", "companies", "list.csv").code == 0
    return paper


def test_a_list_comes_in_once(paper: Path, call: Call) -> None:
    (paper / "list.csv").write_text(LIST, "utf-8")
    weighed = call("import", "companies", "--dry-run", "list.csv").out
    assert weighed.startswith("list.csv: 2 added, 0 changed, 0 removed, 0 doubted; nothing was done\n")
    assert call("import", "companies", "list.csv").out == (
        "list.csv: 2 added, 0 changed, 0 removed, 0 doubted\n"
        "  added 玉兔科技 (699901-sh): 699901.SH\n"
        "  added 白鹤股份 (699902-sh): 699902.SH\n"
    )
    assert call("import", "companies", "list.csv").out == "list.csv: nothing changed, 0 doubted\n"


def test_a_newer_list_of_one_source_renames(listed: Path, call: Call) -> None:
    (listed / "next.csv").write_text(LIST.replace("玉兔科技", "金兔科技"), "utf-8")
    report = call("import", "companies", "next.csv", "--source", "list.csv", "--json").json["next.csv"]
    assert [(one["company"], one["what"][0]) for one in report["changed"]] == [
        ("699901-sh", "shown as 金兔科技, not 玉兔科技")
    ]


def test_a_long_report_is_cut_and_json_tells_all(paper: Path, call: Call) -> None:
    rows = "".join(f"6999{number:02},玉兔{number:02}\n" for number in range(12))
    (paper / "list.csv").write_text(f"code,name\n{rows}", "utf-8")
    assert len(call("import", "companies", "--dry-run", "--json", "list.csv").json["list.csv"]["added"]) == 12
    assert call("import", "companies", "list.csv").out.endswith("  added 2 more; --json tells all\n")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (None, "No such file"),
        (b"", "is empty"),
        (b"PK\x03\x04...", "save it as CSV"),
        (b"nothing\n", "no line of headings"),
    ],
)
def test_what_is_no_list_is_refused(paper: Path, call: Call, body: bytes | None, words: str) -> None:
    if body is not None:
        (paper / "list.csv").write_bytes(body)
    answer = call("import", "companies", "list.csv")
    assert (answer.code, answer.err.startswith("broadsheet: list.csv: ")) == (2, True)
    assert words in answer.err


def test_one_source_is_of_one_file(listed: Path, call: Call) -> None:
    answer = call("import", "companies", "list.csv", "list.csv", "--source", "mine")
    assert (answer.code, answer.err) == (2, "broadsheet: --source: names one list: give one file with it\n")


def test_a_list_is_taken_away_again(listed: Path, call: Call) -> None:
    weighed = call("import", "companies", "--forget", "list.csv", "--dry-run")
    assert weighed.out.startswith("list.csv: 0 added, 0 changed, 2 removed, 0 doubted; nothing was done\n")
    assert call("import", "companies", "--forget", "list.csv").out == (
        "list.csv: 0 added, 0 changed, 2 removed, 0 doubted\n"
        "  removed 玉兔科技 (699901-sh): 699901.SH\n"
        "  removed 白鹤股份 (699902-sh): 699902.SH\n"
    )
    gone = call("import", "companies", "--forget", "list.csv")
    assert (gone.code, gone.err) == (
        2,
        "broadsheet: list.csv: no list of this source was imported; the lists of this paper: none\n",
    )


def test_something_is_to_be_named(paper: Path, call: Call) -> None:
    answer = call("import", "companies")
    assert (answer.code, answer.err) == (
        2,
        "broadsheet: FILE: is missing: name a list, or one to take away with --forget\n",
    )


def test_a_company_is_shown_with_what_was_written_by_hand(listed: Path, call: Call) -> None:
    (listed / "mine.toml").write_text(BY_HAND, "utf-8")
    assert call("import", "companies", "mine.toml").code == 0
    said = call("show", "company", "玉兔科技").out
    assert said.startswith("玉兔 (jade)\n")
    assert all(words in said for words in ("699901.SH", "affiliate", "小米集团", "年报", "as in list.csv since"))
    shown = call("show", "company", "--json", "699901").json
    assert (shown["company"]["id"], list(shown["sources"])) == ("jade", ["list.csv", "mine.toml"])


def test_a_name_of_nobody_and_one_of_several(listed: Path, call: Call) -> None:
    nobody = call("show", "company", "no", "such", "firm")
    assert (nobody.code, nobody.err.startswith("broadsheet: no such firm: no company of the book")) == (2, True)
    several = call("show", "company", "汽车")
    assert several.code == 2
    assert "say which by its id, as in `broadsheet show company" in several.err
