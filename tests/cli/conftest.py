"""The command line in this process, and a paper that may reach loopback."""

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from tests.pipeline.outlet import Outlet, rss

from broadsheet.cli import main

OPTIONS = """[paper]
title = "样张"
[fetch]
allow = ["127.0.0.0/8"]
timeout = 60
host_spacing = 0
[update]
workers = 1
"""


class Answer(NamedTuple):
    """What a command ended with and said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.out)


Call = Callable[..., Answer]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Run one command; `stdin` is what it reads there."""
    monkeypatch.delenv("BROADSHEET_PAPER_FOLDER", raising=False)

    def run(*arguments: str | Path, stdin: bytes = b"") -> Answer:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return run


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    server = Outlet()
    yield server
    server.close()


@pytest.fixture
def paper(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty paper, in which the commands then run."""
    folder = tmp_path / "paper"
    assert call("init", folder).code == 0
    (folder / "broadsheet.toml").write_text(OPTIONS, "utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def feed(paper: Path, call: Call, outlet: Outlet) -> str:
    """The address of a feed that the paper follows, with two posts."""
    address = outlet.put("/feed", rss(("甲车企公告", "<p>正在洽谈</p>"), ("乙电池", "二")))
    assert call("add", address, "--section", "科技 / 样刊").code == 0
    return address
