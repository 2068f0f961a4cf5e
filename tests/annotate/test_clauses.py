from broadsheet.annotate.clauses import split_sentences


def clauses(text: str) -> list[list[str]]:
    return [[text[clause.start : clause.end] for clause in sentence.clauses] for sentence in split_sentences(text)]


def test_a_sentence_ends_at_its_mark_and_takes_the_closing_quotation_mark_along() -> None:
    text = "他说：“公司会扩产。我们有信心。”股价上涨。"
    assert [text[s.start : s.end] for s in split_sentences(text)] == [
        "他说：“公司会扩产。",
        "我们有信心。”",
        "股价上涨。",
    ]
    assert [s.quoted for s in split_sentences(text)] == [False, True, False]


def test_commas_semicolons_and_colons_divide_clauses_and_numbers_hold_theirs() -> None:
    assert clauses("公司公告：营收1,296亿元，净利3.63亿元；拟派息。") == [
        ["公司公告", "营收1,296亿元", "净利3.63亿元", "拟派息"]
    ]


def test_a_blank_between_words_divides_the_clauses_of_a_flash() -> None:
    assert clauses("传公司拟上市 公司：不属实") == [["传公司拟上市", "公司", "不属实"]]
    assert clauses("3 月 1 日，公司出售约 5% 的股份") == [["3 月 1 日", "公司出售约 5% 的股份"]]


def test_nothing_is_divided_within_brackets_and_titles() -> None:
    assert clauses("甲公司（下称“甲”，上市公司。）发布《关于合作，及其他的公告》，并停牌。") == [
        ["甲公司（下称“甲”，上市公司。）发布《关于合作，及其他的公告》", "并停牌"]
    ]
    assert clauses("甲（乙，丙。") == [["甲（乙", "丙"]]


def test_an_english_point_ends_a_sentence_but_not_an_abbreviation_or_a_number() -> None:
    text = "Morning Star Inc. bought it for $3.5 million. U.S. firms rose. It vs. them ended. Done"
    assert [text[s.start : s.end] for s in split_sentences(text)] == [
        "Morning Star Inc. bought it for $3.5 million.",
        "U.S. firms rose.",
        "It vs. them ended.",
        "Done",
    ]


def test_titles_bracketed_heads_and_short_lines_without_an_end_are_headings() -> None:
    text = "晨星收购远山\n【晨星收购远山】晨光社讯，晨星收购远山。\n交易细节\n双方将分两步完成。"
    assert [(s.line, s.heading) for s in split_sentences(text)] == [
        (0, True),
        (1, True),
        (1, False),
        (2, True),
        (3, False),
    ]


def test_a_line_that_is_all_there_is_is_no_heading() -> None:
    assert [s.heading for s in split_sentences("晨星收购远山")] == [False]
    assert [s.heading for s in split_sentences("【晨星收购远山】")] == [False]
    assert clauses("【】晨星") == [["【】晨星"]]


def test_blank_lines_and_lone_marks_hold_no_sentence() -> None:
    assert clauses("\n 。，\n  \n甲 ，乙") == [["甲", "乙"]]


def test_a_sentence_without_an_end_is_cut_and_brackets_may_reach_over_the_cut() -> None:
    assert [(s.start, s.end) for s in split_sentences("甲" * 1300)] == [(0, 600), (600, 1200), (1200, 1300)]
    text = "甲" * 590 + "（" + "乙" * 20 + "）丙，丁。戊"
    assert [text[c.start : c.end] for s in split_sentences(text) for c in s.clauses] == [
        text[:600],
        text[600:613],
        "丁",
        "戊",
    ]
    assert len(split_sentences("甲乙。" * 400)) == 400


def test_brackets_that_hold_nothing_are_no_sentence() -> None:
    assert clauses("【 】晨星考虑收购远山。") == [["晨星考虑收购远山"]]
