"""Who gets through which door: every route of the live reader, asked by everyone who might ask it.

`python -m tests.web.permissions` prints the table; tests/web/test_guard.py holds it to what each route needs.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from litestar import Litestar
from litestar.routes import HTTPRoute
from litestar.testing import TestClient
from msgspec import Struct

from broadsheet.config import load
from broadsheet.model import SignIn, Token
from broadsheet.store import open_store
from broadsheet.web import create_app
from broadsheet.web.access.doors import is_safe
from broadsheet.web.access.keys import digest_of, hash_password

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
TOKENS = {"reading token": "read", "writing token": "write"}
SAME = {"sec-fetch-site": "same-origin"}
APART = {"/my/sign-in", "/my/sign-out", "/my/events"}
"""Asked by tests of their own: signing in and out changes who asks, and news never end."""
REFUSED = {401, 403, 421}


class Door(Struct, frozen=True, kw_only=True):
    """One route: how it is asked, and what its handler needs."""

    method: str
    path: str
    need: str


class Asking(Struct, frozen=True, kw_only=True):
    """Somebody who asks: what they send, and which needs let them through."""

    name: str
    headers: dict[str, str]
    safe: frozenset[str]
    unsafe: frozenset[str]
    signed_in: bool = False


ALL = frozenset({"open", "read", "write", "owner"})
OPEN = frozenset({"open"})
NONE: frozenset[str] = frozenset()


def bearer(name: str) -> dict[str, str]:
    return {"authorization": f"Bearer {name}"}


def askers(csrf: str) -> list[Asking]:
    """Everyone who might ask; `csrf` is the secret of the owner's forms."""
    token = {"x-csrf-token": csrf}
    foreign = {"sec-fetch-site": "cross-site", **token}
    return [
        Asking(name="anonymous", headers=SAME, safe=OPEN, unsafe=OPEN),
        Asking(name="wrong token", headers=bearer("bs_wrong"), safe=OPEN, unsafe=OPEN),
        Asking(
            name="reading token",
            headers=bearer("reading token"),
            safe=frozenset({"open", "read"}),
            unsafe=frozenset({"open", "read"}),
        ),
        Asking(
            name="writing token",
            headers=bearer("writing token"),
            safe=frozenset({"open", "read", "write"}),
            unsafe=frozenset({"open", "read", "write"}),
        ),
        Asking(name="owner", headers={**SAME, **token}, safe=ALL, unsafe=ALL, signed_in=True),
        Asking(name="no secret", headers=SAME, safe=ALL, unsafe=OPEN, signed_in=True),
        Asking(
            name="cross-site",
            headers=foreign,
            safe=ALL,
            unsafe=NONE,
            signed_in=True,
        ),
        Asking(
            name="other origin",
            headers={"origin": "https://evil.example", **token},
            safe=ALL,
            unsafe=NONE,
            signed_in=True,
        ),
    ]


def doors(app: Litestar) -> list[Door]:
    """List every route that the application answers, by path and method."""
    found = []
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for handler in route.route_handlers:
                for method in sorted(handler.http_methods - {"OPTIONS"}):
                    need = handler.opt.get("needs") or ("read" if is_safe(method) else "write")
                    found.append(Door(method=method, path=_filled(route), need=need))
    return sorted(found, key=lambda door: (door.path, door.method))


def _filled(route: HTTPRoute) -> str:
    """Write a route's path with something in place of each of its parameters."""
    parts = [
        part if isinstance(part, str) else ("1" if part.type is int else "some") for part in route.path_components
    ]
    return "/" + "/".join(parts)


@contextmanager
def guarded(folder: Path) -> Iterator[TestClient[Litestar]]:
    """Serve an empty paper with a password, a session and two tokens."""
    (folder / "broadsheet.toml").write_text("", "utf-8")
    config = load(folder, {})
    with open_store(config.store_url, create=True) as store:
        store.doors.set_password(hash_password("a long password"))
        for number, (secret, scope) in enumerate(TOKENS.items()):
            store.doors.add_token(
                Token(
                    id=str(number),
                    name=secret,
                    scope="write" if scope == "write" else "read",
                    digest=digest_of(secret),
                    created_at=NOW,
                )
            )
    app = create_app(config, clock=lambda: NOW)
    with TestClient(app, base_url="http://127.0.0.1:8080", raise_server_exceptions=False) as client:
        client.follow_redirects = False
        yield client


def ask(client: TestClient[Litestar], door: Door, asking: Asking, cookie: str) -> bool:
    """Say whether somebody gets through a door; what lies behind it may still be missing."""
    client.cookies.clear()
    if asking.signed_in:
        client.cookies.set("broadsheet", cookie)
    headers = {"accept": "application/json", **asking.headers}
    body = None if is_safe(door.method) else b""
    return client.request(door.method, door.path, headers=headers, content=body).status_code not in REFUSED


def sign_in(client: TestClient[Litestar]) -> tuple[str, str]:
    """Sign in anew, for some doors end every session; returns the cookie, and the secret of the owner's forms."""
    ends = NOW + timedelta(days=1)
    session = SignIn(digest=digest_of("cookie"), csrf="secret", opened_at=NOW, used_at=NOW, expires_at=ends)
    with open_store(client.app.state.house.config.store_url) as store:
        store.doors.close(session.digest)
        store.doors.open(session)
    return "cookie", "secret"


def table(client: TestClient[Litestar]) -> list[tuple[Door, Asking, bool]]:
    """Ask every door as everyone."""
    there = [door for door in doors(client.app) if door.path not in APART]
    rows = []
    for door in there:
        cookie, csrf = sign_in(client)
        rows += [(door, asking, ask(client, door, asking, cookie)) for asking in askers(csrf)]
    return rows


def main() -> None:
    """Print the table: + gets through, - does not."""
    with tempfile.TemporaryDirectory() as folder, guarded(Path(folder)) as client:
        rows = table(client)
    names = list(dict.fromkeys(asking.name for _, asking, _ in rows))
    print(f"{'':42}{'needs':7}" + "  ".join(names))
    for door in dict.fromkeys(door for door, _, _ in rows):
        marks = ["+" if through else "-" for one, _, through in rows if one == door]
        cells = "  ".join(mark.center(len(name)) for mark, name in zip(marks, names, strict=True))
        print(f"{door.method + ' ' + door.path:42}{door.need:7}{cells}")


if __name__ == "__main__":
    main()
