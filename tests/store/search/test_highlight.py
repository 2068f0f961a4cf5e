"""Where the words of a question stand in a text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.store.search.highlight import BEFORE, SNIPPET, patterns, snippet, spans
from broadsheet.store.search.query import parse_query, sought_words


def marked(text: str, question: str) -> list[str]:
    sought = patterns(sought_words((parse_query(question).root,)))
    return [text[start:end] for start, end in spans(text, sought)]


def cut(text: str, question: str) -> tuple[str, list[str]]:
    sought = patterns(sought_words((parse_query(question).root,)))
    line, found = snippet(text, sought)
    return line, [line[start:end] for start, end in found]


@pytest.mark.parametrize(
    ("text", "question", "hits"),
    [
        ("小米汽车发布，小米", "小米", ["小米", "小米"]),
        ("小米汽车发布", "米汽", ["米汽"]),
        ("小米汽车发布", "小米 发布", ["小米", "发布"]),
        ("小米汽车发布", "小米 汽车", ["小米汽车"]),
        ("小米汽车发布", "小米汽 汽车", ["小米汽车"]),
        ("小米“汽车”", "小米汽车", ["小米“汽车"]),
        ("小米。汽车", "小米汽车", []),
        ("小米。汽车", "小米，汽车", ["小米。汽车"]),
        ("the cat, concatenated", "cat", ["cat"]),
        ("New York, newyork", "new york", ["New", "York"]),
        ("New York, newyork", '"new york"', ["New York"]),
        ("New-York", '"new york"', ["New-York"]),
        ("iPhone16发布", "iphone16", ["iPhone16"]),
        ("iPhone16发布", "16发", ["16发"]),
        ("第16发", "16发", ["16发"]),
        ("ＣＡＦÉ cafe\u0301!", "cafe", ["ＣＡＦÉ", "cafe\u0301"]),
        ("Straße", "strasse", ["Straße"]),
        ("㍿小米", "小米", ["小米"]),
        ("ﬁle ﬁles", "file", ["ﬁle"]),
        ("か\u3099く", "が", ["か\u3099"]),
        ("क\u09c7\u09be 小米", "小米", ["小米"]),
        ("a.b", "a", ["a"]),
        ("", "a", []),
        ("小米", "", []),
        ("iPhone17 Pro, phone17", "iphone", ["iPhone"]),
        ("Mate70Pro, 700", "70", ["70"]),
        ("Ж5", "5", []),
        ("五万1,299元和1299，11,29", "1299", ["1,299", "1299"]),
        ("臺灣頭髮與后", "台湾头发与後", ["臺灣頭髮與后"]),
        ("幹部乾杯", "干", ["幹", "乾"]),
        ("newer new, anew", "new*", ["newer", "new"]),
        ("new1 news", "new*", ["new", "news"]),
        ("HK01958与1958.HK", "1958.hk", ["HK01958", "1958.HK"]),
    ],
)
def test_hits_are_marked_exactly(text: str, question: str, hits: list[str]) -> None:
    assert marked(text, question) == hits


def test_a_short_text_is_shown_whole_on_one_line() -> None:
    assert cut("第一行\n小米汽车", "小米") == ("第一行 小米汽车", ["小米"])


def test_a_long_text_is_cut_around_the_first_hit() -> None:
    line, hits = cut("前" * 500 + "小米汽车" + "后" * 500 + "小米", "小米")
    assert line.startswith("…前")
    assert line.endswith("后…")
    assert len(line) == SNIPPET + 2
    assert hits == ["小米"]


def test_a_text_without_hits_is_shown_from_its_beginning() -> None:
    assert cut("甲" * 500, "小米") == ("甲" * SNIPPET + "…", [])


def test_the_end_of_a_text_fills_the_line() -> None:
    line, hits = cut("前" * 500 + "小米", "小米")
    assert len(line) == SNIPPET + 1
    assert hits == ["小米"]
    assert line.endswith("小米")


def test_a_word_cut_by_the_edge_is_no_hit_of_its_rest() -> None:
    text = "phone " + "x" * 33 + " smartphone" + " y" * 300
    for shift in range(12):
        line, hits = cut("z" * shift + text, "phone")
        assert all(hit == "phone" for hit in hits)
        assert hits.count("phone") == line.split().count("phone")


def test_a_hit_is_found_where_folding_moves_everything() -> None:
    line, hits = cut("ﬃ㍿½" * 200 + "小米" + "ﬃ" * 300, "小米")
    assert hits == ["小米"]
    assert "小米" in line


@pytest.mark.parametrize("before", ["前", "1,299 ", "ß, "])
def test_the_line_around_a_late_hit_marks_it_whatever_stands_before(before: str) -> None:
    line, hits = cut(before * 200 + "小米,汽车 2,500" + "后" * 300, '"小米汽车 2500"')
    assert hits == ["小米,汽车 2,500"]
    assert line.index("小米") == len("…") + BEFORE


@pytest.mark.parametrize(
    ("first", "second", "question"),
    [("小“米”", "小米", "小米"), ("㍻", "平成", "平成"), ("臺”灣", "臺灣", "台湾"), ("cafe\u0301", "CAFE", "cafe")],
)
def test_the_line_is_cut_around_a_hit_as_it_was_asked_for_in_any_form(first: str, second: str, question: str) -> None:
    line, hits = cut(first + "前" * 500 + second + "后" * 500, question)
    assert hits == [second]
    assert line.index(second) == len("…") + BEFORE
    assert cut(first + "前" * 500, question)[1][0] == first.strip("”")


def test_what_only_looks_like_a_hit_is_none() -> None:
    text = "a\u0335b " + "前" * 500 + "ab\u0335 " + "后" * 300 + "AB"
    assert cut(text, '"ab"')[1] == ["AB"]


AWKWARD = "小米汽车ab ，。\n\u0301か\u3099ﬁ½Éß\u09c7\u09be"


@settings(max_examples=150)
@given(st.text(st.sampled_from(AWKWARD), max_size=300), st.sampled_from(["小米", "a", "が", "fi"]))
def test_spans_are_ordered_apart_and_inside(text: str, question: str) -> None:
    line, _ = cut(text, question)
    sought = patterns(sought_words((parse_query(question).root,)))
    for whole, found in ((text, spans(text, sought)), (line, snippet(text, sought)[1])):
        edges = [edge for span in found for edge in span]
        assert edges == sorted(set(edges))
        assert all(0 <= edge <= len(whole) for edge in edges)
