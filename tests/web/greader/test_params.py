"""Fields of requests, and the moments that they hold."""

from datetime import UTC, datetime
from typing import Any

import pytest

from broadsheet.errors import ConfigError
from broadsheet.web.greader.params import Params

AT = datetime(2026, 11, 27, 12, 0, 0, 250_000, tzinfo=UTC)
US = 1795780800_250_000


def fields(**values: str) -> Params:
    return Params(values={name: (value,) for name, value in values.items()})


@pytest.mark.parametrize(("sent", "wanted"), [("5", 5), ("0", 20), ("-1", 20), ("99999", 100), ("x", 20), ("", 20)])
def test_a_count_is_bounded(sent: str, wanted: int) -> None:
    assert fields(n=sent).count("n", 20, 100) == wanted
    assert fields().count("n", 20, 100) == 20


def test_seconds_may_have_a_fraction() -> None:
    assert fields(ot="1795780800.25").seconds("ot") == AT
    assert fields(ot="1795780800").seconds("ot") == AT.replace(microsecond=0)
    assert fields(ot="0").seconds("ot") is None
    assert fields().seconds("ot") is None


@pytest.mark.parametrize("sent", ["soon", "nan", "inf", "1e30", "-1e30"])
def test_what_is_no_moment_is_refused(sent: str) -> None:
    with pytest.raises(ConfigError, match="seconds since 1970"):
        fields(ot=sent).seconds("ot")


def test_a_moment_is_known_by_its_length() -> None:
    assert fields(ts=str(US)).moment("ts") == AT
    assert fields(ts=str(US // 1000)).moment("ts") == AT
    assert fields(ts=str(US // 1_000_000)).moment("ts") == AT.replace(microsecond=0)
    assert fields(ts="0").moment("ts") is None


@pytest.mark.parametrize("sent", ["soon", "1.5", "9" * 40])
def test_a_moment_that_cannot_be_is_refused(sent: str) -> None:
    with pytest.raises(ConfigError, match="microseconds since 1970"):
        fields(ts=sent).moment("ts")


def test_what_must_be_said_is_asked_for() -> None:
    assert fields(s="x").need("s") == "x"
    for without in (fields(), fields(s="")):
        with pytest.raises(ConfigError, match="s: is missing"):
            without.need("s")


def test_fields_come_from_the_address_and_the_form(reader: Any) -> None:
    ids = reader.ids("user/-/state/com.google/reading-list")
    found = reader.send(f"stream/items/contents?i={ids[0]}&i=", f"i={ids[1]}&i={ids[0]}").json()["items"]
    assert [int(item["id"][-16:], 16) for item in found] == ids[:2]
