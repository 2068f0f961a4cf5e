"""By which terms a post is found."""

from hypothesis import given
from hypothesis import strategies as st
from tests.publish.search.indexreader import terms

from broadsheet.publish.search.terms import number_of, postings, terms_of


def test_a_text_is_found_by_characters_pairs_and_words() -> None:
    assert terms_of("小米su7。北 汽") == {"小", "米", "小米", "su", "7", "北", "汽", "北汽"}


def test_no_pair_crosses_a_stop_or_a_word() -> None:
    assert not {"米北", "米汽"} & terms_of("小米。北 小米su7汽")


def test_numbers_are_those_that_the_script_counts() -> None:
    # A change here makes every index of every site anew, and the script has to change alike.
    assert [number_of(term) for term in ("a", "米", "小米", "su7")] == [187539957, 1330840451, 4270505921, 112304974]


def test_postings_are_in_order() -> None:
    found = dict(postings(["小米", "米", ""]))
    assert found == {number_of("小"): [0], number_of("小米"): [0], number_of("米"): [0, 1]}
    assert [number for number, _ in postings(["小米", "米"])] == sorted(found)


@given(st.text("小米北汽su7 。-", max_size=20), st.data())
def test_any_piece_of_a_text_asks_for_terms_that_it_has(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : start + data.draw(st.integers(1, 6))]
    # A piece that cuts a word asks for another word.
    asked = [term for term in terms(f'"{piece}"', str) if term > "\u0800"]
    assert set(asked) <= terms_of(text)
