"""The columns of an archive's tables."""

import sys
from typing import get_type_hints

import pytest

from broadsheet.errors import ConfigError
from broadsheet.scale.archive.schema import (
    FACT_KINDS,
    FACTS,
    FEEDS,
    POSTS,
    REJECTED,
    SETTLED,
    arrow_schema,
    fact_column,
)


@pytest.mark.parametrize("columns", [POSTS, FACTS, FEEDS, REJECTED, SETTLED])
def test_every_table_has_a_schema_with_its_columns_in_their_order(columns: dict[str, str]) -> None:
    assert arrow_schema(columns).names == list(columns)  # type: ignore[arg-type]


def test_moments_are_in_microseconds_and_utc() -> None:
    assert str(arrow_schema(POSTS).field("published").type) == "timestamp[us, tz=UTC]"


def test_facts_of_all_kinds_share_their_columns_but_the_value_of_a_date() -> None:
    assert FACTS["surface"] == "string"
    assert FACTS["value"] == "float"
    assert FACTS["date"] == "string"
    assert FACTS["parties"] == "strings"
    assert FACTS["byline"] == "bool"
    assert FACTS["value_unit"] == "string"
    assert "quote" not in FACTS
    assert fact_column("move", "value") == "value"


def test_no_field_of_a_fact_hides_the_name_of_its_row() -> None:
    columns = {fact_column(kind, name) for kind, (_, fact) in FACT_KINDS.items() for name in get_type_hints(fact)}
    assert columns.isdisjoint({"unit", "row", "post_id", "feed_id", "published", "kind"})


def test_without_pyarrow_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ConfigError, match=r"broadsheet\[archive\]"):
        arrow_schema(POSTS)
