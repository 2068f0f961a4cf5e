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
    assert "answer" not in said  # no table without rows
    assert (
        call("annotate", "-", stdin="今天天气很好。".encode()).out
        == "no company, move of a price or claim was found\n"
    )


def test_what_is_no_list_is_refused(call: Call, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("nothing\n", "utf-8")
    answer = call("annotate", "--book", tmp_path / "list.csv", "-", stdin=b"x")
    assert answer.code == 2
    assert f"{tmp_path}/list.csv: has no line of headings" in answer.err


PRICES = "code,day,open,high,low,close,pre_close\n1810.HK,2022-08-26,11.6,11.84,11.34,11.78,11.42\n"


def test_moves_are_held_against_prices(call: Call, tmp_path: Path) -> None:
    (tmp_path / "post.md").write_text(POST, "utf-8")
    (tmp_path / "prices.csv").write_text(PRICES, "utf-8")
    options = ("--prices", tmp_path / "prices.csv", tmp_path / "post.md")
    (check,) = call("annotate", "--json", *options).json["checks"]
    assert (check["verdict"], check["measure"], check["measured"]) == ("CONFIRMED", "high", 3.6778)
    assert "move" not in check
    assert "+3.68 %" in call("annotate", *options).out


def test_a_text_may_be_given_its_moment(call: Call, tmp_path: Path) -> None:
    (tmp_path / "prices.csv").write_text(PRICES, "utf-8")
    text = "小米集团港股收涨3.15%。".encode()

    def check(moment: str) -> str:
        options = ("--prices", tmp_path / "prices.csv", "--published", moment)
        return str(call("annotate", "--json", *options, "-", stdin=text).json["checks"][0])

    assert "CONFIRMED" in check("2022-08-26 09:00")
    assert "no_data" in check("2022-08-26T03:00")
    assert (
        "UNVERIFIABLE (unknown_time)"
        in call("annotate", "--prices", tmp_path / "prices.csv", "--published", "2022-08-26", "-", stdin=text).out
    )
