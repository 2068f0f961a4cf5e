from datetime import UTC, datetime

import pytest

from broadsheet.decide.caching import fresh_s, http_date, retry_after_s

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"cache-control": "max-age=7200"}, 7200),
        ({"cache-control": 'public, Max-Age="7200"'}, 7200),
        ({"cache-control": "max-age = 7200"}, 7200),
        ({"cache-control": "max-age=7200", "age": "200"}, 7000),
        ({"cache-control": "max-age=7200", "age": "9000"}, 0),
        ({"cache-control": "max-age=7200", "age": "soon"}, 7200),
        ({"cache-control": "max-age=7200, max-age=60"}, 7200),
        ({"cache-control": "s-maxage=7200"}, 0),
        ({"cache-control": "max-age=7200, no-cache"}, 0),
        ({"cache-control": "no-store, max-age=7200"}, 0),
        ({"cache-control": "max-age=7200, must-revalidate"}, 7200),
        ({"cache-control": "max-age=-1"}, 0),
        ({"cache-control": "max-age=a lot"}, 0),
        ({"cache-control": "max-age"}, 0),
        ({"cache-control": "max-age=٣"}, 0),
        ({"cache-control": "=;,,=max-age"}, 0),
        ({"cache-control": "max-age=315360000"}, 315_360_000),
        ({"cache-control": "max-age=" + "9" * 5000}, 999_999_999_999),
        ({"expires": "Mon, 23 Nov 2026 14:00:00 GMT"}, 7200),
        ({"expires": "Mon, 23 Nov 2026 14:00:00 GMT", "cache-control": "max-age=60"}, 60),
        # A server whose clock is two years behind still means two hours.
        ({"expires": "Sat, 23 Nov 2024 14:00:00 GMT", "date": "Sat, 23 Nov 2024 12:00:00 GMT"}, 7200),
        ({"expires": "Mon, 23 Nov 2026 11:00:00 GMT"}, 0),
        ({"expires": "0"}, 0),
        ({"expires": "-1"}, 0),
    ],
)
def test_freshness_is_what_the_headers_say_and_nothing_where_they_are_malformed(
    headers: dict[str, str], seconds: int
) -> None:
    assert fresh_s(headers, NOON) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "86400"}, 86_400),
        ({"retry-after": " 120 "}, 120),
        ({"retry-after": "0"}, 0),
        ({"retry-after": "-5"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "1.5"}, None),
        ({"retry-after": "315360000"}, 315_360_000),
        ({"retry-after": "Mon, 23 Nov 2026 13:00:00 GMT"}, 3600),
        ({"retry-after": "Mon, 23 Nov 2026 13:00:00 GMT", "date": "Mon, 23 Nov 2026 12:30:00 GMT"}, 1800),
        ({"retry-after": "Mon, 23 Nov 2020 13:00:00 GMT"}, 0),
    ],
)
def test_retry_after_is_read_as_seconds_or_as_a_date(headers: dict[str, str], seconds: int | None) -> None:
    assert retry_after_s(headers, NOON) == seconds


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Mon, 23 Nov 2026 12:00:00 GMT", NOON),
        ("Monday, 23-Nov-26 12:00:00 GMT", NOON),
        ("Mon Nov 23 12:00:00 2026", NOON),
        ("Mon, 23 Nov 2026 20:00:00 +0800", NOON),
        ("Mon, 23 Nov 2026 12:00:00 -0000", NOON),
        ("Mon, 99 Nov 2026 12:00:00 GMT", None),
        ("Mon, 31 Dec 9999 23:59:59 -2359", None),
        ("", None),
        (None, None),
    ],
)
def test_a_date_is_read_in_all_three_forms_or_not_at_all(text: str | None, moment: datetime | None) -> None:
    assert http_date(text) == moment
