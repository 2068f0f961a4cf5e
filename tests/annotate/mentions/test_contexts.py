"""What stands around a name, and where clauses end."""

import pytest

from broadsheet.annotate.mentions.contexts import Bounds, cut_long, is_cited, means_company


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("据晨报网报道", True),
        ("（晨报网）", True),
        ("晨报网8月3日讯", True),
        ("晨报网股价涨停", False),
        ("收购晨报网", False),
    ],
)
def test_an_outlet_is_cited_by_the_words_around_it(text: str, cited: bool) -> None:
    start = text.index("晨报网")
    assert is_cited(text, start, start + 3) is cited


def test_english_and_chinese_have_contexts_of_their_own() -> None:
    assert means_company("crown inc said", 0, 5, english=True)
    assert not means_company("crown jewels", 0, 5, english=True)
    assert means_company("罗盘公告", 0, 2, english=False)


def test_clauses_and_sentences_hold_a_place() -> None:
    bounds = Bounds("甲，乙。丙")
    assert (bounds.clause(2), bounds.sentence(2), bounds.clause(4)) == ((2, 4), (0, 4), (4, 5))


def test_a_sentence_without_an_end_is_cut() -> None:
    bounds = Bounds("甲" * 1300)
    assert (bounds.sentence(0), bounds.sentence(600), bounds.clause(1299)) == ((0, 600), (600, 1200), (1200, 1300))
    assert cut_long([700, 20], 800) == [20, 620, 700]
    assert cut_long([7, 3], 9) == [3, 7]
