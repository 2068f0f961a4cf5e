import pytest
from aiohttp import ClientOSError, ServerDisconnectedError, ServerTimeoutError

from broadsheet.fetch.faults import as_fetch_error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (TimeoutError(), "timeout"),
        (ServerTimeoutError(), "timeout"),
        (ServerDisconnectedError(), "truncated"),
        (ClientOSError(104, "Connection reset by peer"), "truncated"),
        (ValueError("odd"), "protocol"),
    ],
)
def test_what_aiohttp_raises_has_a_reason_of_ours(error: Exception, reason: str) -> None:
    assert as_fetch_error("http://news.example/", error).reason == reason


def test_a_message_names_the_address_and_the_cause_and_no_password() -> None:
    error = as_fetch_error("http://me:secret@news.example/", ClientOSError(104, "Connection reset by peer"))
    assert str(error) == "http://news.example/: the connection broke (Connection reset by peer)"
    assert str(as_fetch_error("http://a/", TimeoutError())) == "http://a/: it did not answer in time"
