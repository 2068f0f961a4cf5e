"""The command that finds facts."""

from pathlib import Path

from tests.cli.conftest import Call

POST = """---
title: '小米集团一度涨超3%'
date: Fri, 26 Aug 2022 04:00:00 GMT
---
<div><p>小米集团港股一度涨超3%。</p></div>
"""
LIST = "code,name\n600901,玉兔科技\n"


def test_a_post_file_is_read_on_its_day(call: Call, tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(POST, "utf-8")
    whole = call("annotate", "--json", tmp_path / "post.md").json
    assert whole["text"] == "小米集团一度涨超3%\n小米集团港股一度涨超3%。"
    assert [(move["security"], move["value"], move["statistic"]) for move in whole["moves"]] == [
        ("1810.HK", 3, "high")
    ]


def test_a_book_adds_companies_to_a_plain_text(call: Call, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text(LIST, "utf-8")
    options = ("--book", tmp_path / "list.csv", "--published", "2022-08-26")
    whole = call("annotate", "--json", *options, "-", stdin="玉兔科技涨停。".encode()).json
    assert (whole["text"], whole["mentions"][0]["security"]) == ("玉兔科技涨停。", "600901.SH")


def test_markup_is_read_as_a_reader_sees_it(call: Call) -> None:
    whole = call("annotate", "--json", "-", stdin="<p>小米<b>集团</b>上涨</p>".encode()).json
    assert [mention["surface"] for mention in whole["mentions"]][-1] == "小米集团"


def test_facts_are_printed_for_people(call: Call) -> None:
    said = call("annotate", "-", stdin="小米集团涨超3%。".encode()).out
    assert "1810.HK" in said
    assert "涨超3%" in said


def test_what_is_no_list_is_refused(call: Call, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("nothing\n", "utf-8")
    answer = call("annotate", "--book", tmp_path / "list.csv", "-", stdin=b"x")
    assert answer.code == 2
    assert f"{tmp_path}/list.csv: has no line of headings" in answer.err
