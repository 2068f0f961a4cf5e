"""Which paper a command means."""

from pathlib import Path

import pytest
from tests.cli.conftest import Call

from broadsheet.cli.context import now


def test_the_paper_is_this_folder_or_the_nearest_above(
    paper: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (paper / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(paper / "deep" / "er")
    assert f"store {paper}/broadsheet.db" in call("doctor").out


def test_it_can_be_named_by_an_option_or_the_environment(
    paper: Path, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("status").code == 2
    assert call("--paper", paper, "status").code == 0
    assert call("--paper", paper / "broadsheet.toml", "status").code == 0
    monkeypatch.setattr("os.environ", {"BROADSHEET_PAPER_FOLDER": str(paper)})
    assert call("--paper", paper, "status").code == 0


def test_the_environment_overrides_single_options(paper: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROADSHEET_SITE", "elsewhere")
    call("build")
    assert (paper / "elsewhere" / "index.html").is_file()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[fetch]\ntimeuot = 3", "fetch.timeuot"),
        ("[fetch]\ntimeout = 'long'", "fetch.timeout"),
        ("[paper]\nzone = 'Mars'", "paper.zone"),
        ("title = 'x'", "title"),
        ("[fetch]\nallow = [3]", "fetch.allow[0]"),
    ],
)
def test_a_wrong_option_is_named_with_its_file(paper: Path, call: Call, text: str, key: str) -> None:
    (paper / "broadsheet.toml").write_text(text, "utf-8")
    answer = call("update")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"broadsheet: {key}: ")
    assert "broadsheet.toml" in answer.err


def test_a_wrong_option_in_the_environment_is_named_with_its_variable(
    paper: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROADSHEET_FETCH_TIMEOUT", "long")
    answer = call("update")
    assert answer.code == 2
    assert answer.err.startswith("broadsheet: fetch.timeout: ")
    assert "in BROADSHEET_FETCH_TIMEOUT" in answer.err


@pytest.mark.parametrize("network", ["not a network", "127.0.0.1/8"])
def test_a_wrong_network_is_named_before_anything_is_asked(paper: Path, call: Call, network: str, feed: str) -> None:
    (paper / "broadsheet.toml").write_text(f"[fetch]\nallow = ['{network}']", "utf-8")
    answer = call("update", feed)
    assert answer.code == 2
    assert answer.err.startswith("broadsheet: fetch.allow: ")


def test_a_configuration_that_is_no_text_is_named(paper: Path, call: Call) -> None:
    (paper / "broadsheet.toml").write_bytes(b"\xff\xfe\x00")
    answer = call("status")
    assert answer.code == 2
    assert "cannot be read as TOML" in answer.err


def test_now_is_aware() -> None:
    assert now().tzinfo is not None
