"""Who is timed: this Broadsheet, another one (`BROADSHEET_BIN`), the library reader, and the bare floor.

Each polls the same feeds twice, in a folder of its own. `cold` begins with nothing and ends with every entry stored
and searchable; `again` asks once more. Both check that the work was really done before they give its cost.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import ClassVar, Protocol

import msgspec

from bench.cost import BenchError, Cost, run, together
from bench.feeds import FeedFile, opml

HERE = Path(__file__).parent
PEERS = HERE / ".peers"
LOOPBACK = {"BROADSHEET_FETCH_ALLOW": "127.0.0.0/8", "BROADSHEET_FETCH_HOST_SPACING": "0"}
ALIKE = {"BROADSHEET_STORIES_ENABLED": "false", "BROADSHEET_FACTS_ENABLED": "false"}
"""No peer joins posts into stories or finds facts in them, so what is timed beside them does not either.

`grouping` measures stories, a line of its own in (c) the pages of facts.
"""

NO_SEARCH = {"BROADSHEET_PUBLISH_SEARCH": "false"}
"""Hugo makes no index for search, so the site that is timed beside its own has none; `site-search` measures that."""


class Poller(Protocol):
    """One who polls feeds; `name` is how the table calls it."""

    name: str

    def cold(self, folder: Path, feeds: Sequence[FeedFile], address: str) -> Cost:
        """Follow and poll every feed for the first time."""
        ...

    def again(self, folder: Path) -> Cost:
        """Poll every feed once more."""
        ...


class Broadsheet:
    """The command line of one Broadsheet; `program` is its executable."""

    environ: ClassVar[Mapping[str, str]] = {**LOOPBACK, **ALIKE}

    def __init__(self, name: str, program: Path) -> None:
        self.name = name
        self.program = program

    def cold(self, folder: Path, feeds: Sequence[FeedFile], address: str) -> Cost:
        """Found a paper, import the reading list, update."""
        listed = folder.with_suffix(".opml")
        listed.write_text(opml(feeds, address), "utf-8")
        founded = run([self.program, "init", folder])
        imported = run([*self._paper(folder), "import", "opml", listed])
        updated = run([*self._paper(folder), "update", "--json"], self.environ)
        self._expect(updated.output, "new", sum(len(feed.items) for feed in feeds))
        return together([founded.cost, imported.cost, updated.cost])

    def again(self, folder: Path) -> Cost:
        """Update once more, as if the feeds had come due."""
        _make_due(folder)
        updated = run([*self._paper(folder), "update", "--json"], self.environ)
        report = msgspec.json.decode(updated.output)
        self._expect(updated.output, "not_modified", report["polled"])
        return updated.cost

    def build(self, folder: Path, environ: Mapping[str, str] | None = None) -> Cost:
        """Publish the paper's site."""
        return run([*self._paper(folder), "build"], environ).cost

    def update(self, folder: Path) -> int:
        """Update as if the feeds had come due, untimed; returns the new posts."""
        _make_due(folder)
        report = run([*self._paper(folder), "update", "--json"], self.environ).output
        return int(msgspec.json.decode(report)["new"])

    def _paper(self, folder: Path) -> list[str | Path]:
        return [self.program, "--paper", folder]

    def _expect(self, report: str, key: str, count: int) -> None:
        found = msgspec.json.decode(report)[key]
        if found != count:
            message = f"{self.name}: {key} is {found}, not {count}: {report[:500]}"
            raise BenchError(message)


class WithFacts(Broadsheet):
    """The same Broadsheet with the facts of its posts, their claims and companies; no peer has such pages."""

    environ: ClassVar[Mapping[str, str]] = {**Broadsheet.environ, "BROADSHEET_FACTS_ENABLED": "true"}

    def __init__(self, plain: Broadsheet) -> None:
        super().__init__(f"{plain.name}, with facts", plain.program)

    def _expect(self, report: str, key: str, count: int) -> None:
        super()._expect(report, key, count)
        if msgspec.json.decode(report)["facts"] is None:
            message = f"{self.name}: no facts were looked for"
            raise BenchError(message)


class Reader:
    """The PyPI library `reader`, in an environment of its own."""

    name = "reader 3.26"

    def cold(self, folder: Path, feeds: Sequence[FeedFile], address: str) -> Cost:
        """Add every feed, update, build the search index."""
        done = run([*self._script(), "cold", folder.with_suffix(".db"), _urls(folder, feeds, address)])
        _expect_entries(self.name, done.output, feeds)
        return done.cost

    def again(self, folder: Path) -> Cost:
        """Update alone; the search index has nothing to do."""
        return run([*self._script(), "again", folder.with_suffix(".db")]).cost

    def _script(self) -> list[str | Path]:
        return [PEERS / "bin" / "python", HERE / "reader_peer.py"]


class Floor:
    """Download and parse alone, nothing kept: what nobody can undercut in Python."""

    name = "floor (lxml, nothing kept)"

    def cold(self, folder: Path, feeds: Sequence[FeedFile], address: str) -> Cost:
        """Download and parse."""
        _urls(folder, feeds, address)
        done = self._run(folder)
        _expect_entries(self.name, done[1], feeds)
        return done[0]

    def again(self, folder: Path) -> Cost:
        """Ask with the validators of the first time."""
        return self._run(folder)[0]

    def _run(self, folder: Path) -> tuple[Cost, str]:
        urls, kept = folder.with_suffix(".urls"), folder.with_suffix(".validators")
        return run([sys.executable, HERE / "floor.py", urls, kept])


def broadsheets() -> list[Broadsheet]:
    """This Broadsheet, and the one that `BROADSHEET_BIN` names."""
    found = [Broadsheet("broadsheet", Path(sys.executable).with_name("broadsheet"))]
    if other := os.environ.get("BROADSHEET_BIN"):
        found.append(Broadsheet("BROADSHEET_BIN", Path(other)))
    return found


def install_peers() -> None:
    """Put the pinned peers into bench/.peers, once."""
    wanted = (HERE / "peers.txt").read_text("utf-8")
    stamp = PEERS / "installed.txt"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    uv = [str(HERE.parent / "run"), "uv"]
    subprocess.run([*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(PEERS)], check=True)
    python = ["--python", str(PEERS / "bin" / "python")]
    packages = ["--requirement", str(HERE / "peers.txt")]
    subprocess.run([*uv, "pip", "install", "--quiet", "--compile-bytecode", *python, *packages], check=True)
    stamp.write_text(wanted, "utf-8")


def _make_due(paper: Path) -> None:
    """Let the hours go by until every feed is due; the clock of the machine is not ours to turn."""
    with closing(sqlite3.connect(paper / "broadsheet.db")) as store, store:
        store.execute("UPDATE feed SET due = 0")


def _urls(folder: Path, feeds: Sequence[FeedFile], address: str) -> Path:
    file = folder.with_suffix(".urls")
    file.write_text("".join(f"{address}{feed.name}\n" for feed in feeds), "utf-8")
    return file


def _expect_entries(name: str, output: str, feeds: Sequence[FeedFile]) -> None:
    count = sum(len(feed.items) for feed in feeds)
    if output.split() != [str(count)]:
        message = f"{name} kept {output.strip()} entries, not {count}"
        raise BenchError(message)
