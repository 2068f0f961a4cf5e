"""What comparing reads of a post, once: the terms of its title and its beginning, its names, quantities and days."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import repeat
from math import log, sqrt
from operator import mul
from typing import Final, NamedTuple

from broadsheet.group.texts.names import names_of, subject_of, without_slug
from broadsheet.group.texts.normalise import fold
from broadsheet.group.texts.numbers import Quantity, days, quantities
from broadsheet.group.texts.terms import RAREST, is_cjk, lessons, split_terms, term_weights
from broadsheet.model.stories import PostText

LEAD: Final = {True: 500, False: 3000}
"""Characters of the text that are read, Chinese or not: news says first what happened."""

_DATELINE: Final = re.compile(r"\w{2,10}?\d{1,2}月\d{1,2}日(?:讯|电|消息|报道)")
_DATELINE_WITHIN: Final = 60
_HEAD: Final = 3
"""A title begins with whom it is about: so many terms, four characters of Chinese."""

_TIMES: Final = (0.0, *(1 + log(count) for count in range(1, 2000)))
"""What a term counts that stands in a text so often."""


class Vector(NamedTuple):
    """How telling each term of a text is, more so the oftener it stands there; and their length as a vector.

    `weight` is the sum of how telling they are, each once; `apart` of what they tell where one text alone has them.
    """

    terms: Mapping[str, float]
    length: float
    weight: float
    apart: float = 0.0


class Profile(NamedTuple):
    """What comparing reads of a post."""

    post: PostText
    cjk: bool
    characters: Vector
    terms: Vector
    title: frozenset[str]
    title_weight: float
    names: frozenset[str]
    subject: str
    head: tuple[str, ...]
    folded: str
    title_quantities: tuple[Quantity, ...]
    quantities: tuple[Quantity, ...]
    days: frozenset[tuple[int, int]]
    size: int


def read_post(post: PostText) -> Profile:
    """Read a post for comparing."""
    title = without_slug(fold(post.title))
    cjk = is_cjk(title) if title else is_cjk(fold(post.text[:100]))
    body = post.text.removeprefix(post.title)[: LEAD[cjk]]
    folded = fold(body)
    folded = _DATELINE.sub(" ", folded[:_DATELINE_WITHIN]) + folded[_DATELINE_WITHIN:]
    title_characters, title_terms = split_terms(title)
    characters, terms = split_terms(folded)
    weights = term_weights()
    of_title = frozenset(title_terms)
    whole = f"{title}\n{folded}"
    return Profile(
        post=post,
        cjk=cjk,
        characters=_vector(title_characters + characters, weights),
        terms=_vector(title_terms + terms, weights),
        title=of_title,
        title_weight=sum(weights.get(term, RAREST) for term in of_title),
        names=names_of(f"{post.title}\n{body}", whole),
        subject=subject_of(title),
        head=tuple(title_terms[:_HEAD]),
        folded=whole,
        title_quantities=quantities(title),
        quantities=quantities(whole),
        days=days(whole),
        size=len(title_terms) + len(terms),
    )


def _vector(terms: list[str], weights: Mapping[str, float]) -> Vector:
    taught = lessons().apart
    counts = Counter(terms)
    each = list(map(weights.get, counts, repeat(RAREST)))
    values = dict(zip(counts, map(mul, each, map(_TIMES.__getitem__, counts.values())), strict=True))
    length = sqrt(sum(map(mul, values.values(), values.values()))) or 1.0
    apart = sum([value * taught[term] for term, value in values.items() if term in taught])
    return Vector(values, length, sum(each), apart / length)
