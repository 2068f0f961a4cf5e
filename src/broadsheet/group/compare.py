"""How the posts of each pair are akin: first whether one carries the other, else whether both tell of one event."""

from collections.abc import Mapping

from broadsheet.group.carry import carried_texts
from broadsheet.group.pairs import Pairs
from broadsheet.model.stories import Edge, PostText


def compare_posts(pairs: Pairs, texts: Mapping[str, PostText]) -> list[Edge]:
    """Compare the posts of each pair; those that are not akin make no edge, nor those whose text is missing."""
    return [edge for _pair, edge in carried_texts(pairs, texts) if edge]
