from datetime import UTC, datetime, timedelta, timezone

import pytest

from broadsheet.model import iso, require_utc

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)


def test_utc_and_absent_moments_pass() -> None:
    require_utc()
    require_utc(NOW, None, NOW)


@pytest.mark.parametrize(
    "moment",
    [NOW.replace(tzinfo=None), NOW.astimezone(timezone(timedelta(hours=8)))],
)
def test_any_other_moment_is_named_and_refused(moment: datetime) -> None:
    with pytest.raises(ValueError, match=r"datetime\.datetime\(2026, 11, 20.* is not an aware UTC moment"):
        require_utc(NOW, moment)


def test_iso_ends_in_z_and_has_a_fraction_only_where_there_is_one() -> None:
    assert iso(NOW) == "2026-11-20T08:30:00Z"
    assert iso(NOW.replace(microsecond=250_000)) == "2026-11-20T08:30:00.250000Z"
