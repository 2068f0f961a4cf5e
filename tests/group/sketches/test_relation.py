import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.group.sketches.relation import relation_of


@pytest.mark.parametrize(
    ("shared", "earlier", "later", "expected"),
    [
        (90, 100, 100, ("copy", 0.9)),
        (60, 100, 100, ("edited-copy", 0.6)),
        (50, 150, 50, ("excerpt", 1.0)),
        (110, 500, 110, ("excerpt", 1.0)),
        (50, 200, 50, None),
        (50, 50, 200, None),
        (40, 100, 100, None),
        (0, 0, 0, None),
    ],
)
def test_a_relation_is_told_by_what_is_shared_and_what_is_kept(
    shared: int, earlier: int, later: int, expected: tuple[str, float] | None
) -> None:
    assert relation_of(shared, earlier, later, at_once=False) == expected


def test_of_posts_published_at_once_the_shorter_carries_the_longer() -> None:
    assert relation_of(50, 50, 150, at_once=True) == relation_of(50, 150, 50, at_once=False)


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300), st.booleans())
def test_more_in_common_never_makes_a_relation_none(shared: int, earlier: int, later: int, at_once: bool) -> None:
    least = min(earlier, later)
    fewer, more = sorted((min(shared, least), least))
    if relation_of(fewer, earlier, later, at_once=at_once):
        assert relation_of(more, earlier, later, at_once=at_once)
