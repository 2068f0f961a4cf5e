"""Which posts say most of the words asked for: BM25 as FTS5 computes it, a word of the title for eight.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); k1 = 1.2, b = 0.75.
"""

from collections.abc import Iterable, Sequence
from heapq import nlargest
from math import log

from msgspec import Struct

from broadsheet.store.search.conditions import BETWEEN
from broadsheet.store.search.textindex import TITLE_WEIGHS

_K1 = 1.2
_B = 0.75
_LEAST = 1e-6  # what a phrase is worth that half of all posts hold
_MARKS = 2  # words of a post beside its text: FTS5 counts those by which it finds feeds


class Spaced(Struct, frozen=True):
    """The words of a post, those of the title first, a space before and after each: two end the title.

    `choices` says which of some parts of the question the post matches.
    """

    num: int
    words: str
    choices: Sequence[bool] = ()


class Sought(Struct, frozen=True):
    """A phrase, spaced likewise, without the last space if it may go on; `posts` hold it.

    Where it has a `choice` it counts only in posts that match that one.
    """

    phrase: str
    in_title: bool
    posts: int
    choice: int | None = None


def best(posts: Iterable[Spaced], sought: Sequence[Sought], of: tuple[int, int], limit: int) -> list[int]:
    """Give the numbers of the posts that say most, best first, among as many posts `of` so many words in all.

    Every step rounds as FTS5's does, so that posts which say equally much stand in one order on every engine.
    """
    count, words = of
    average = (words + _MARKS * count) / max(1, count)
    worth = [_worth(one.posts, count) for one in sought]
    scored = ((_score(post, sought, worth, average), post.num) for post in posts)
    return [num for _, num in nlargest(limit, scored)]


def _worth(posts: int, of: int) -> float:
    rare = (of - posts + 0.5) / (posts + 0.5)
    return log(rare) if rare > 1 else _LEAST


def _score(post: Spaced, sought: Sequence[Sought], worth: Sequence[float], average: float) -> float:
    end = post.words.find(BETWEEN) + 1
    damping = _K1 * (1 - _B + _B * (length_of(post.words) + _MARKS) / average)
    score = 0.0
    for one, value in zip(sought, worth, strict=True):
        if one.choice is not None and not post.choices[one.choice]:
            continue
        in_title = times(one.phrase, post.words, 0, end)
        said = TITLE_WEIGHS * in_title
        if not one.in_title:
            said += times(one.phrase, post.words, end)
        score += value * (said * (_K1 + 1) / (said + damping))
    return score


def length_of(words: str) -> int:
    """How many words there are, in title and text."""
    return words.count(" ") - 2


def times(phrase: str, words: str, start: int = 0, end: int | None = None) -> int:
    """How often a phrase stands in a piece of a text; it may begin before it has ended."""
    count, place = 0, words.find(phrase, start, end)
    while place >= 0:
        count, place = count + 1, words.find(phrase, place + 1, end)
    return count
