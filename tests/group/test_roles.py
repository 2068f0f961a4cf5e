from broadsheet.group.roles import members_of
from broadsheet.model import Edge, Member


def test_posts_without_carried_text_are_reports() -> None:
    edges = [Edge(first="a", second="b", relation="same-event", score=0.9)]
    assert members_of(["a", "b"], edges) == (Member("a"), Member("b"))


def test_a_copy_names_the_earlier_post_that_it_shares_most_with() -> None:
    edges = [
        Edge(first="a", second="b", relation="copy", score=1.0, share=0.9),
        Edge(first="a", second="c", relation="edited-copy", score=1.0, share=0.6),
        Edge(first="b", second="c", relation="copy", score=1.0, share=0.95),
        Edge(first="x", second="c", relation="copy", score=1.0, share=1.0),
    ]
    assert members_of(["a", "b", "c"], edges) == (
        Member("a"),
        Member("b", "copy", "a", 0.9),
        Member("c", "copy", "b", 0.95),
    )


def test_of_equal_sources_the_earliest_is_named() -> None:
    edges = [
        Edge(first="b", second="c", relation="excerpt", score=1.0, share=1.0),
        Edge(first="a", second="c", relation="excerpt", score=1.0, share=1.0),
    ]
    assert members_of(["a", "b", "c"], edges)[2] == Member("c", "excerpt", "a", 1.0)
