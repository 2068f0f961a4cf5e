"""The API as a reader asks it: with a token, and forms as they are written by hand."""

from typing import Any
from urllib.parse import quote

import pytest
from msgspec import Struct
from tests.web.conftest import NOW, Client

from broadsheet.model import Token, TokenScope
from broadsheet.store import Store
from broadsheet.web.access.keys import digest_of

FORM = {"content-type": "application/x-www-form-urlencoded"}
STATE = "user/-/state/com.google/"
LONG = "tag:google.com,2005:reader/item/"


class Reader(Struct, frozen=True):
    """Someone's reader, signed in with a token."""

    client: Client
    secret: str
    root: str = "/reader/api/0/"

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"GoogleLogin auth={self.secret}"}

    def ask(self, path: str) -> Any:
        """Ask for a path as it is written; returns the answer."""
        return self.client.get(self.root + path, headers=self.headers)

    def read(self, path: str) -> Any:
        """Ask for JSON, which must come."""
        answer = self.ask(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def send(self, path: str, body: str) -> Any:
        """Send a form as it is written; returns the answer."""
        return self.client.post(self.root + path, content=body.encode(), headers={**self.headers, **FORM})

    def do(self, path: str, body: str) -> None:
        """Send a form, which must be done."""
        answer = self.send(path, body)
        assert (answer.status_code, answer.text) == (200, "OK"), answer.text

    def ids(self, stream: str, more: str = "") -> list[int]:
        """The numbers of the items of a stream."""
        listed = self.read(f"stream/items/ids?output=json&s={quote(stream)}&n=1000{more}")
        return [int(item["id"]) for item in listed["itemRefs"]]

    def unread(self) -> list[int]:
        return self.ids(f"{STATE}reading-list", f"&xt={STATE}read")


def add_token(store: Store, secret: str, scope: TokenScope) -> None:
    token = Token(id=secret[-2:], name=secret, scope=scope, digest=digest_of(secret), created_at=NOW)
    store.doors.add_token(token)


@pytest.fixture
def reader(client: Client, store: Store) -> Reader:
    """A reader that may change what it reads."""
    add_token(store, "bs_writing", "write")
    return Reader(client, "me/bs_writing")


@pytest.fixture
def looker(client: Client, store: Store) -> Reader:
    """A reader that may only read."""
    add_token(store, "bs_reading", "read")
    return Reader(client, "me/bs_reading")
