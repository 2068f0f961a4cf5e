"""The host of an address."""

import pytest

from broadsheet.model import host_of


@pytest.mark.parametrize(
    ("address", "host"),
    [("https://Busy.example:8080/a", "busy.example"), ("rsshub://a/b", "a"), ("nothing", ""), ("https://[x/", "")],
)
def test_the_host_of_an_address(address: str, host: str) -> None:
    assert host_of(address) == host
