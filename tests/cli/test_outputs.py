"""How the program ends where the system refuses something."""

import errno
import os

import pytest
from tests.cli.conftest import Call

from broadsheet.cli import app, outputs
from broadsheet.cli.outputs import OUTPUT, end_of


@pytest.fixture(autouse=True)
def _outputs_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is hushed here is what pytest reads."""
    monkeypatch.setattr(outputs, "_hush", lambda _: None)


@pytest.mark.parametrize(
    ("number", "name", "words"),
    [
        (errno.ENOMEM, None, "the system refused something: Cannot allocate memory; end other programs"),
        (errno.EMFILE, None, "the system refused something: Too many open files; raise the limit"),
        (errno.ENOSPC, "/paper/site/p", "/paper/site/p: No space left on device; free some space, then run it again"),
        (errno.ENODEV, None, "the system refused something: No such device; what was stored is kept: run it again"),
        (errno.ENOSPC, OUTPUT, "standard output: No space left on device\n"),
    ],
)
def test_what_failed_is_said_and_what_to_do(
    capsys: pytest.CaptureFixture[str], number: int, name: str | None, words: str
) -> None:
    assert end_of(OSError(number, os.strerror(number), name)) == 1
    assert capsys.readouterr().err.startswith(f"broadsheet: {words}")


@pytest.mark.parametrize(("error", "words"), [(OSError("gone"), "gone"), (TimeoutError(), "TimeoutError")])
def test_an_error_without_a_number_is_told_in_its_own_words(
    capsys: pytest.CaptureFixture[str], error: OSError, words: str
) -> None:
    assert end_of(error) == 1
    assert f"the system refused something: {words}; what was stored is kept" in capsys.readouterr().err


def test_only_outputs_that_nobody_reads_are_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert end_of(BrokenPipeError(errno.EPIPE, "Broken pipe", OUTPUT)) == 0
    assert capsys.readouterr().err == ""
    assert end_of(BrokenPipeError(errno.EPIPE, "Broken pipe")) == 1
    assert "the system refused something: Broken pipe" in capsys.readouterr().err


def test_a_command_that_the_system_stops_is_not_said_to_have_failed_in_printing(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> int:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    monkeypatch.setattr(app, "run", refuse)
    answer = call("status")
    assert answer.code == 1
    assert answer.err.startswith("broadsheet: the system refused something: Cannot allocate memory; ")
