import inspect

import pytest

from broadsheet import errors
from broadsheet.errors import (
    BroadsheetError,
    ConfigError,
    FeedError,
    FetchError,
    NotFoundError,
    PublishError,
    StoreError,
    StoreVersionError,
)

TREE = [error for _, error in inspect.getmembers(errors, inspect.isclass)]


@pytest.mark.parametrize("error", TREE)
def test_every_error_is_a_broadsheet_error_and_says_what_it_is(error: type[Exception]) -> None:
    assert issubclass(error, BroadsheetError)
    assert error.__doc__


@pytest.mark.parametrize(
    ("error", "attributes", "text"),
    [
        (ConfigError("fetch.timeout", "not a number"), {"key": "fetch.timeout"}, "fetch.timeout: not a number"),
        (FeedError("not-a-feed", "this is a page"), {"reason": "not-a-feed"}, "this is a page"),
        (
            FetchError("https://a.example/", "timeout", "no answer in 60 s"),
            {"address": "https://a.example/", "reason": "timeout", "cause": "no answer in 60 s"},
            "https://a.example/: no answer in 60 s",
        ),
        (StoreError("a.db", "the disk is full"), {"store": "a.db"}, "a.db: the disk is full"),
        (StoreVersionError("a.db", "is newer"), {"store": "a.db"}, "a.db: is newer"),
        (NotFoundError("20261120-0", "no such post"), {"name": "20261120-0"}, "20261120-0: no such post"),
        (PublishError("site", "cannot be written"), {"path": "site"}, "site: cannot be written"),
    ],
)
def test_what_it_is_about_is_an_attribute_and_in_the_text(
    error: BroadsheetError, attributes: dict[str, str], text: str
) -> None:
    assert {name: getattr(error, name) for name in attributes} == attributes
    assert str(error) == text


def test_wrong_use_ends_with_2_and_failed_work_with_1() -> None:
    ends = {error.__name__: error.exit_code for error in TREE if issubclass(error, BroadsheetError)}
    assert {name for name, code in ends.items() if code == 2} == {"ConfigError", "StoreVersionError", "NotFoundError"}
    assert set(ends.values()) == {1, 2}
