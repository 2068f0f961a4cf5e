from hypothesis import given
from hypothesis import strategies as st
from tests.group.samples import post

from broadsheet.group.sketches.rare import MOST, rare_terms
from broadsheet.model import PostText


def keys(*texts: str) -> list[set[int]]:
    runs = rare_terms([post(str(number), text) for number, text in enumerate(texts)])
    return [{int.from_bytes(run[at : at + 4], "little") for at in range(0, len(run), 4)} for run in runs]


def test_posts_that_name_the_same_share_keys() -> None:
    one, other, third = keys("雾海科技跌近一成", "盘前雾海科技大跌", "今天的天气很好")
    assert one & other
    assert not one & third


def test_the_lowest_bits_tell_words_from_pairs_of_characters() -> None:
    words, pairs = keys("Zyxwvut", "鱻麤")
    assert [key % 4 for key in (*words, *pairs)] == [3, 0]


def test_a_word_in_chinese_is_told_from_one_among_words() -> None:
    (found,) = keys("雾海 quokka")
    assert sorted(key % 4 for key in found) == [0, 1]


def test_a_plural_has_the_key_of_its_singular_and_common_words_years_and_short_ones_have_none() -> None:
    one, many, other, common = keys("quokka", "the quokkas of", "quokkass", "the 2021 people of it")
    assert one == many != other
    assert not common


def test_terms_of_the_title_go_before_those_of_the_text_where_there_are_many() -> None:
    text = "".join(map(chr, range(0x5000, 0x5200)))
    title = "鱻麤龘靐"
    (found,) = keys(f"{title}\n{text}")
    (of_title,) = keys(title)
    assert len(found) == MOST
    assert of_title <= found


def test_posts_without_terms_have_no_keys() -> None:
    assert rare_terms([post("a", ""), post("b", "。。。"), post("c", "雾海")])[:2] == [b"", b""]
    assert rare_terms([]) == []


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_a_posts_keys_are_the_same_alone_and_among_others(texts: list[str]) -> None:
    posts: list[PostText] = [post(str(number), text) for number, text in enumerate(texts)]
    assert rare_terms(posts) == [run for one in posts for run in rare_terms([one])]


def test_the_keys_are_those_that_were_kept_by_earlier_versions() -> None:
    assert rare_terms([post("a", "雾海科技 quokka")])[0].hex() == PINNED


PINNED = "7c615313a9864a1bac05e573"
