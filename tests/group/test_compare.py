from broadsheet.group.compare import compare_posts
from broadsheet.group.pairs import Pairs


def test_no_pairs_make_no_edges() -> None:
    assert compare_posts(Pairs(), {}) == []
