"""The order of the best: computed by hand for few, and beside FTS5 in test_textindex.py."""

from broadsheet.store.search.bm25 import Sought, Spaced, best, length_of, times


def test_words_are_counted_though_they_share_a_space() -> None:
    assert times(" 小 ", " 小 小 小 ") == 3
    assert times(" 小 小 ", " 小 小 小 ") == 2
    assert times(" ne", " new newer knew ") == 2
    assert times(" 米 ", " 小 ") == 0
    assert times(" 小 ", " 小  小 小 ", 3) == 2
    assert [length_of(text) for text in ("  ", " 小  ", "  小 ", " 小  小 米 ")] == [0, 1, 1, 3]


def test_a_word_of_the_title_weighs_as_eight() -> None:
    posts = [
        Spaced(1, f" a {' 小' * 8} "),
        Spaced(2, f" 小 {' b' * 8} "),
        Spaced(3, f" a {' 小' * 7} b "),
    ]
    assert best(posts, [Sought(" 小 ", in_title=False, posts=3)], (3, 27), 9) == [2, 1, 3]
    assert best(posts, [Sought(" 小 ", in_title=True, posts=1)], (3, 27), 1) == [2]


def test_rare_words_and_short_posts_come_first_and_of_equals_the_newest() -> None:
    rare, common = Sought(" r ", in_title=False, posts=1), Sought(" c ", in_title=False, posts=60)
    posts = [Spaced(1, "  c "), Spaced(2, "  r "), Spaced(3, "  r a a "), Spaced(4, "  r ")]
    assert best(posts, [common, rare], (100, 200), 9) == [4, 2, 3, 1]
    assert best(posts, [], (100, 200), 2) == [4, 3]
    assert best([], [common], (0, 0), 9) == []


def test_a_phrase_of_a_choice_counts_where_the_choice_is_matched() -> None:
    posts = [Spaced(1, "  c ", (True,)), Spaced(2, "  c ", (False,))]
    assert best(posts, [Sought(" c ", in_title=False, posts=2, choice=0)], (9, 9), 9) == [1, 2]
    assert best(posts, [Sought(" c ", in_title=False, posts=2)], (9, 9), 9) == [2, 1]
