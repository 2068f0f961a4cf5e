"""The password and the tokens of the live reader, on the terminal."""

import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Call

from broadsheet.cli import main
from broadsheet.cli.papers import keys
from broadsheet.store import open_store
from broadsheet.web.access.keys import digest_of, matches


def kept(paper: Path) -> str | None:
    with open_store(str(paper / "broadsheet.db")) as store:
        return store.doors.password()


def test_a_password_is_read_from_a_pipe_and_only_its_hash_is_kept(paper: Path, call: Call) -> None:
    assert "is set" in call("password", "set", stdin="长一点的密码 8\n".encode()).out
    hashed = kept(paper)
    assert hashed is not None
    assert hashed.startswith("$argon2id$")
    assert matches(hashed, "长一点的密码 8")
    assert "this machine alone" in call("password", "remove").out
    assert kept(paper) is None


@pytest.mark.parametrize("word", ["token", "password"])
def test_without_a_command_those_there_are_are_listed(call: Call, word: str) -> None:
    answer = call(word)
    assert answer.code == 2
    assert "Commands:" in answer.out + answer.err


def test_a_short_password_is_refused(paper: Path, call: Call) -> None:
    answer = call("password", "set", stdin=b"short\n")
    assert answer.code == 2
    assert "8 or more" in answer.err
    assert kept(paper) is None


def test_a_password_that_no_sign_in_would_take_is_refused(paper: Path, call: Call) -> None:
    answer = call("password", "set", stdin="长".encode() * 342 + b"\n")
    assert answer.code == 2
    assert "1,024 bytes" in answer.err
    assert kept(paper) is None


@pytest.mark.parametrize(("second", "code"), [("long enough", 0), ("other enough", 2)])
def test_on_a_terminal_it_is_asked_for_twice(
    paper: Path, monkeypatch: pytest.MonkeyPatch, second: str, code: int
) -> None:
    answers = iter(["long enough", second])
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(keys, "getpass", lambda _: next(answers))
    assert main(["password", "set"]) == code
    assert (kept(paper) is not None) == (code == 0)


def test_a_token_is_shown_once_listed_without_its_secret_and_revoked(paper: Path, call: Call) -> None:
    assert call("token", "list").out.startswith("there are no tokens")
    made = call("token", "add", "phone", "--scope", "write", "--days", "30")
    secret = made.out.strip()
    assert secret.startswith("bs_")
    (listed,) = call("token", "list", "--json").json
    assert (listed["name"], listed["scope"], listed["id"]) == ("phone", "write", digest_of(secret)[:8])
    assert secret not in call("token", "list").out
    assert "phone" in call("token", "list").out
    assert "worth nothing" in call("token", "revoke", listed["id"]).out
    assert call("token", "list", "--json").json == []
    assert call("token", "revoke", listed["id"]).code == 2
    assert call("token", "add", "x", "--scope", "all").code == 2
    unnamed = call("token", "add", " ")
    assert unnamed.code == 2
    assert "say what the token is for" in unnamed.err
