"""The real program in processes of its own, against a loopback server."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from tests.end_to_end.faults import Faults

PATIENCE = 120  # seconds that a feed has, and more than any test takes: a busy machine fails no test
OPTIONS = """[paper]
title = "样张"
[fetch]
allow = ["127.0.0.0/8"]
timeout = {timeout}
host_spacing = 0
per_host = 8
[update]
workers = 1
"""
MEASURED = """
import sys
from pathlib import Path
from broadsheet.cli import main
code = main(sys.argv[2:])
peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
Path(sys.argv[1]).write_text(peak.split()[1])
raise SystemExit(code)
"""


class Done(NamedTuple):
    """What a command ended with and said; `peak_kib` is the most memory its process ever had."""

    code: int
    out: str
    err: str
    peak_kib: int = 0

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.out)


class Press:
    """A paper's folder, and commands run in it."""

    def __init__(self, folder: Path, timeout: int = PATIENCE) -> None:
        self.folder = folder
        self.run("init", str(folder))
        (folder / "broadsheet.toml").write_text(OPTIONS.replace("{timeout}", str(timeout)), "utf-8")

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "broadsheet", *words]

    def run(self, *words: str, environ: dict[str, str] | None = None) -> Done:
        folder = self.folder if self.folder.is_dir() else None
        done = subprocess.run(
            self.command(*words), capture_output=True, text=True, check=False, timeout=2 * PATIENCE, cwd=folder,
            env={**os.environ, **(environ or {})},
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)

    def measure(self, *words: str) -> Done:
        """Run a command and see how much memory it took."""
        with tempfile.NamedTemporaryFile("r") as peak:
            command = [sys.executable, "-c", MEASURED, peak.name, *words]
            done = subprocess.run(
                command, capture_output=True, text=True, check=False, timeout=2 * PATIENCE, cwd=self.folder
            )
            return Done(done.returncode, done.stdout, done.stderr, int(peak.read() or 0))

    def start(self, *words: str) -> "subprocess.Popen[bytes]":
        null = subprocess.DEVNULL
        return subprocess.Popen(self.command(*words), stdout=null, stderr=null, cwd=self.folder)

    def follow(self, addresses: Sequence[str]) -> None:
        """Subscribe without asking."""
        outlines = "".join(f"<outline text='{address}' xmlUrl='{address}'/>" for address in addresses)
        (self.folder / "list.opml").write_text(
            f"<opml version='2.0'><body>{outlines}</body></opml>", encoding="utf-8"
        )
        assert self.run("import", "opml", "list.opml").code == 0


@pytest.fixture(scope="module")
def faults() -> Iterator[Faults]:
    server = Faults()
    yield server
    server.close()


@pytest.fixture
def press(tmp_path: Path) -> Press:
    return Press(tmp_path / "paper")
