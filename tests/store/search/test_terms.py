"""Numbers of posts and of questions: whoever matches has what is asked for."""

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.store.search.fold import words
from broadsheet.store.search.query import Among, Both, Either, parse_query
from broadsheet.store.search.terms import Narrowing, narrowing, number, terms_of

FEED = 7
MEANT = {Among("feed", "here"): [FEED], Among("feed", "nobody"): []}


def of_post(title: str, body: str = "") -> set[int]:
    return terms_of(FEED, words(title), words(body))


def asked(question: str) -> Narrowing:
    return narrowing(parse_query(question).root, MEANT)


def may_match(by: Narrowing, terms: set[int]) -> bool:
    return terms.issuperset(by.every) and all(terms.intersection(some) for some in by.some)


def test_a_post_has_numbers_of_words_pairs_beginnings_and_its_feed() -> None:
    named = ["小", "米", "su", "7", "小 米", "米 su", "su 7", "su*", "feed:7"]
    assert of_post("小米SU7") == set(map(number, named))
    assert of_post("", "") == {number("feed:7")}


def test_no_pair_is_made_across_title_and_text() -> None:
    assert number("小 米") not in of_post("小", "米")


def test_beginnings_have_two_to_eight_characters() -> None:
    named = {
        name for size in range(1, 12) if number(f"{'newspapers'[:size]}*") in of_post("newspapers") for name in [size]
    }
    assert named == {2, 3, 4, 5, 6, 7, 8}


def test_numbers_fit_in_32_bits_with_a_sign() -> None:
    assert number("") == 0
    assert all(-(2**31) <= number(chr(code)) < 2**31 for code in range(0x4E00, 0x4F00))


def test_phrases_ask_for_their_pairs_and_words_for_themselves() -> None:
    assert asked("小米车 汽") == Narrowing(every=(number("小 米"), number("米 车"), number("汽")))
    assert asked('"new yor*"') == Narrowing(every=(number("new"), number("yor*")))
    assert asked("new* york") == Narrowing(every=(number("new*"), number("york")))
    assert asked("newspapers*") == Narrowing(every=(number("newspape*"),))


def test_one_of_some_is_asked_for_by_what_few_posts_have() -> None:
    assert asked("小米 or (的 北汽)") == Narrowing(some=((number("小 米"), number("北 汽")),))
    assert asked("feed:here") == Narrowing(every=(number("feed:7"),))


def test_what_nothing_narrows_down_is_not_narrowed_down() -> None:
    assert asked("-小米") == asked("小米 or (-北汽)") == Narrowing()


def test_a_feed_that_there_is_not_is_one_of_none() -> None:
    assert asked("feed:nobody 小") == Narrowing(every=(number("小"),), some=((),))
    assert not may_match(asked("feed:nobody"), of_post("小米"))


def test_of_many_choices_the_narrowest_are_asked_for() -> None:
    by = asked(" ".join(f"({' or '.join('甲乙丙丁戊己庚辛'[: size + 2])})" for size in range(6)))
    assert [len(some) for some in by.some] == [2, 3, 4, 5]


TEXTS = ["小", "米", "车", "new", "york", "newer", "7", " ", "。"]
OTHERS = ["小米", "米车", "new*", '"new york"', "7", "or", "-小", "-(new york)", "feed:here", "title:小"]


@given(st.lists(st.sampled_from(TEXTS)).map("".join), st.lists(st.sampled_from(OTHERS), max_size=6).map(" ".join))
def test_a_question_that_is_the_text_of_a_post_never_leaves_it_out(text: str, other: str) -> None:
    asked_whole, beside = parse_query(f'"{text}"').root, parse_query(other).root
    either = Either((beside, asked_whole))
    for question in (asked_whole, either, Both((either, asked_whole), (beside,))):
        assert may_match(narrowing(question, MEANT), of_post("题", text)), question
