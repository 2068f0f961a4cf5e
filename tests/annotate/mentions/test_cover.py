"""What is taken of a text."""

from broadsheet.annotate.mentions.cover import Cover
from broadsheet.annotate.mentions.organisations import Found


def test_a_span_is_free_until_one_of_its_characters_is_taken() -> None:
    cover = Cover(10, [Found(2, 4, legal=False)])
    assert cover.is_free(Found(0, 2, legal=False))
    assert not cover.is_free(Found(3, 6, legal=False))
