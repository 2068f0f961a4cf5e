"""Commands beside the server: one at a time, followed line by line."""

import sys

import pytest

from broadsheet.config import Config
from broadsheet.errors import ConfigError
from broadsheet.web.house.jobs import Job, Jobs
from broadsheet.web.house.wire import Wire


async def ended(jobs: Jobs, wire: Wire) -> Job:
    async for news in wire.news(10):
        if news is None or news.kind == "done":
            break
    assert jobs.last is not None
    return jobs.last


async def test_a_command_is_followed_to_its_end(paper: Config) -> None:
    wire = Wire()
    jobs = Jobs(paper.folder, wire)
    assert jobs.last is None
    with wire.listening() as heard:
        await jobs.start("status", ["status", "--json"])
        with pytest.raises(ConfigError, match="status is still running"):
            await jobs.start("status", ["status"])
        done = await ended(jobs, wire)
        kinds = [heard.get_nowait().kind for _ in range(heard.qsize())]
    assert done.code == 0
    assert done.lines[0].startswith("[{")
    assert kinds == ["line"] * (len(kinds) - 1) + ["done"]
    await jobs.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no niceness")
@pytest.mark.parametrize(("asked", "kept"), [(0, 10), (15, 15)])
async def test_a_command_gives_way_to_who_reads(
    paper: Config, monkeypatch: pytest.MonkeyPatch, asked: int, kept: int
) -> None:
    chosen: list[int] = []
    monkeypatch.setattr("os.getpriority", lambda *_: asked)
    monkeypatch.setattr("os.setpriority", lambda _kind, _process, nice: chosen.append(nice))
    jobs = Jobs(paper.folder, Wire())
    await jobs.start("status", ["status"])
    await jobs.close()
    assert chosen == [kept]


async def test_a_command_that_fails_says_why(paper: Config) -> None:
    wire = Wire()
    jobs = Jobs(paper.folder / "nowhere", wire)
    await jobs.start("status", ["status"])
    done = await ended(jobs, wire)
    assert done.code == 2
    assert "no paper here" in done.lines[-1]


async def test_the_site_is_brought_up_to_date_once(paper: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    wire = Wire()
    jobs = Jobs(paper.folder / "nowhere", wire)
    await jobs.publish()
    await jobs.publish()
    assert (await ended(jobs, wire)).name == "update"


async def test_what_runs_ends_with_the_server(paper: Config) -> None:
    jobs = Jobs(paper.folder, Wire())
    await jobs.start("run", ["run"])
    await jobs.close()
    assert jobs.last is not None
    assert jobs.last.code not in {None, 0}
    await Jobs(paper.folder, Wire()).close()
