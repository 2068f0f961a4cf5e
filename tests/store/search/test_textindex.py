"""Both indexes of words give the same answers, whatever the texts and the questions."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.store.builders import make_batch, make_revision, minutes

from broadsheet.store import open_store
from broadsheet.store.search.index import index_of
from broadsheet.store.search.matching import Meant
from broadsheet.store.search.query import Query, filters, parse_query
from broadsheet.store.search.textindex import Bounds, Entry, Text, TextIndex, body_of

POSTS = 12
PIECES = ["小", "米", "小米", "发", "發", "a", "new", "york", "News", "newer", "1", "1,299", "。", "，", "\n"]
ODD = ["%", "_", "\\", "'", "\x00", "\ud800", "é", "𠮷", "ab" * 20]
TERMS = [
    *PIECES,
    "new*",
    "ne*",
    "abababababab*",
    '"小 米"',
    '"小米发"',
    '"new york"',
    "title:小米",
    "title:ne*",
    "feed:here",
]
JOINTS = [" ", " ", " or ", " -", " (", ") ", ' "', ""]

titles = st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join)
bodies = st.lists(st.sampled_from([*PIECES, *PIECES, *ODD]), max_size=25).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda between: between.join(pieces))
)
texts = st.lists(st.tuples(titles, bodies), min_size=POSTS, max_size=POSTS)
questions = st.lists(
    st.tuples(st.sampled_from([*TERMS, *TERMS, *ODD]), st.sampled_from(JOINTS)), min_size=1, max_size=8
)


class Both:
    """The index of each engine, of the same posts."""

    def __init__(self, indexes: Sequence[TextIndex], nums: Sequence[int], feed: int, held: Sequence[Text]) -> None:
        self.indexes = indexes
        self.nums = nums
        self.feed = feed
        self._held = held

    def hold(self, texts: Sequence[Text]) -> None:
        """Give the posts these texts in place of those that they have."""
        for index in self.indexes:
            entries = [Entry(num, self.feed, text) for num, text in zip(self.nums, texts, strict=True)]
            index.write(entries, dict(zip(self.nums, self._held, strict=True)))
        self._held = texts


@pytest.fixture(scope="module")
def both(lasting: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    """Two stores with the same posts and the same numbers of posts and feeds, one of them in a file."""
    file = str(tmp_path_factory.mktemp("both") / "b.db")
    made = [make_revision(str(number), at=minutes(number)) for number in range(POSTS)]
    with open_store(file, create=True) as one, open_store(lasting, create=True) as other:
        for store in (one, other):
            store.apply([make_batch(*made)])
        rows = one._engine.script("SELECT num, feed FROM post ORDER BY num")
        assert rows == other._engine.script("SELECT num, feed FROM post ORDER BY num")
        text = made[0].clean.title, made[0].clean.text
        yield Both(
            [index_of(one._engine), index_of(other._engine)], [num for num, _ in rows], rows[0][1], [text] * POSTS
        )


def meant(query: Query, both: Both) -> Meant:
    return {one: [both.feed] if one.name == "here" else [] for one in filters((query.root,))}


@pytest.mark.parametrize("lasting", ["postgres"], indirect=True, scope="module")
@settings(max_examples=30)
@given(texts, st.lists(questions, min_size=4, max_size=4))
def test_both_find_the_same_posts_in_the_same_order(
    both: Both, texts: list[Text], questions: list[list[tuple[str, str]]]
) -> None:
    both.hold([(title, f"{title}\n{body}") for title, body in texts])
    for question in questions:
        query = parse_query("".join(f"{term}{joint}" for term, joint in question))
        feeds = meant(query, both)
        one, other = (index.newest(query.root, feeds, Bounds(), POSTS) for index in both.indexes)
        assert one == other, query
        few = set(both.nums[::3])
        assert all(index.matching(query.root, feeds, few) == few & set(one) for index in both.indexes), query
        one, other = (index.best(query.root, feeds, Bounds(), POSTS) for index in both.indexes)
        assert one == other, (query, both._held)


def test_a_body_is_a_text_without_its_title() -> None:
    assert body_of("甲", "甲\n乙\n丙") == "乙\n丙"
    assert body_of("甲", "甲乙\n丙") == "甲乙\n丙"
    assert body_of("", "\n乙") == "乙"
