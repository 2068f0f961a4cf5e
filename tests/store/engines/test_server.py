"""What the address of a store on a server means, and how it is shown."""

import pytest

from broadsheet.store import on_server, place_on_server, without_password


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:secret@host:5432/paper", "postgresql://me@host:5432/paper"),
        ("postgresql://me:s:e%2Fcret@[::1]/paper?schema=one", "postgresql://me@[::1]/paper?schema=one"),
        ("postgresql:///paper?user=me&password=secret", "postgresql:///paper?user=me"),
        ("postgresql://host/paper", "postgresql://host/paper"),
        ("postgresql:///", "postgresql:///"),
    ],
)
def test_an_address_is_shown_without_its_password(url: str, shown: str) -> None:
    assert without_password(url) == shown


@pytest.mark.parametrize(
    ("url", "address", "schema"),
    [
        ("postgresql:///paper", "postgresql:///paper", "broadsheet"),
        ("postgresql:///paper?schema=", "postgresql:///paper", "broadsheet"),
        ("postgresql://h/p?schema=one&sslmode=require", "postgresql://h/p?sslmode=require", "one"),
        ("postgresql://h/p?options=-c%20a%3Db&schema=%E6%8A%A5", "postgresql://h/p?options=-c%20a%3Db", "报"),
    ],
)
def test_the_schema_is_taken_out_of_what_the_driver_is_told(url: str, address: str, schema: str) -> None:
    assert place_on_server(url) == (address, schema)


def test_a_file_is_on_no_server() -> None:
    assert [on_server(url) for url in ("postgres://h/p", "postgresql://h/p", "sqlite:///p", "p.db")] == [
        True,
        True,
        False,
        False,
    ]
