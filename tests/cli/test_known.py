"""What a paper knows besides its posts is told by `status` and `doctor`."""

from pathlib import Path

from tests.cli.conftest import Call

LIST = "code,name\n699901,玉兔科技\n699902,白鹤股份\n699903,小米集团\n"
BARS = "code,day,open,high,low,close\n600901,2022-08-26,7.3,8.04,7.29,8.04\n600902,2022-08-01,7.3,8.04,7.29,8.04\n"
REMEDY = "! 2 posts were read with older rules or another company book: `broadsheet rework --facts` reads them again"


def bring_in(paper: Path, call: Call) -> None:
    (paper / "list.csv").write_text(LIST, "utf-8")
    (paper / "bars.csv").write_text(BARS, "utf-8")
    assert call("import", "companies", "list.csv").code == 0
    assert call("import", "prices", "bars.csv").code == 0


def test_status_tells_of_lists_prices_and_posts_read_with_another_book(paper: Path, call: Call, feed: str) -> None:
    before = call("status").out
    assert "list " not in before
    assert "prices:" not in before
    assert "! " not in before
    bring_in(paper, call)
    lines = call("status").out.splitlines()[-3:]
    assert lines[0].startswith("list list.csv: 3 companies, imported 2")
    assert "doubted" not in lines[0]
    assert lines[1:] == ["prices: 2 securities, 2022-08-01 to 2022-08-26", REMEDY]
    assert call("rework", "--facts").code == 0
    assert REMEDY not in call("status").out


def test_doctor_tells_of_the_whole_book_and_of_what_is_doubted(paper: Path, call: Call) -> None:
    before = call("doctor", "--json").json
    assert (before["lists"], before["outdated"], before["book"]["doubted"]) == ([], 0, {})
    assert before["prices"] == {"securities": 0, "since": None, "until": None}
    bring_in(paper, call)
    after = call("doctor", "--json").json
    assert after["book"]["companies"] == before["book"]["companies"] + 3
    assert after["book"]["securities"] == before["book"]["securities"] + 3
    lines = call("doctor").out.splitlines()
    assert f"  companies: {after['book']['companies']} with {after['book']['securities']} securities" in lines
    (told,) = (line for line in lines if line.startswith("  list list.csv"))
    assert told.endswith(", 1 doubted, the first: 小米集团 (699903-sh) is also a name of xiaomi")
    assert "  prices: 2 securities, 2022-08-01 to 2022-08-26" in lines
