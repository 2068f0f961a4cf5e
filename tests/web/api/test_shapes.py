"""What requests and answers of the API share."""

from datetime import UTC, datetime

import pytest

from broadsheet.errors import ConfigError
from broadsheet.web.api.shapes import faults, moment_of


def test_a_moment_of_a_query_names_its_zone() -> None:
    assert moment_of("since", None) is None
    assert moment_of("since", "2026-11-27T08:00:00+08:00") == datetime(2026, 11, 27, tzinfo=UTC)


@pytest.mark.parametrize("said", ["", "now", "2026-11-27", "2026-11-27T08:00:00", "0001-01-01T00:00:00+23:00", "17"])
def test_what_is_no_moment_is_said_with_its_name(said: str) -> None:
    with pytest.raises(ConfigError, match="since: is no moment"):
        moment_of("since", said)


def test_every_route_says_what_may_go_wrong() -> None:
    assert set(faults(404)) == {400, 401, 403, 404, 421}
