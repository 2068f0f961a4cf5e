"""Jobs as procrastinate does them: what is told of each, and what comes after a fault."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from procrastinate import App
from procrastinate.jobs import Job
from procrastinate.testing import InMemoryConnector

from broadsheet.errors import StoreError
from broadsheet.model import Failure
from broadsheet.pipeline.report import Failed, UpdateReport
from broadsheet.scale.queue import tasks
from broadsheet.scale.queue.tasks import TRIES, Backoff, add_chores, add_polls, quiet

NOW = datetime(2100, 1, 1, tzinfo=UTC)
Poll = Callable[..., Awaitable[UpdateReport]]


@pytest.fixture
def app() -> App:
    quiet()
    return App(connector=InMemoryConnector())


async def run(app: App, name: str, **arguments: object) -> list[str]:
    """Do one job; the standing of each job in the queue afterwards."""
    async with app.open_async():
        await app.configure_task(name).defer_async(**arguments)  # type: ignore[arg-type]
        await app.run_worker_async(wait=False, install_signal_handlers=False, listen_notify=False)
        return [str(job["status"]) for job in app.connector.jobs.values()]  # type: ignore[attr-defined]


def polls(app: App, answer: UpdateReport | Exception) -> tuple[list[str], list[str]]:
    """Add polls that all end in the same way; what they are told of, and what asked for news to be looked through."""
    lines: list[str] = []
    news: list[str] = []

    async def poll(*_: object) -> UpdateReport:
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def came() -> None:
        news.append("news")

    add_polls(app, poll, poll, lines.append, came)
    return lines, news


@pytest.mark.parametrize(
    ("name", "arguments"), [("poll", {"hosts": ["a.example"], "needed": []}), ("told", {"feeds": ["f"]})]
)
async def test_a_poll_with_news_is_told_of_and_the_news_looked_through(
    app: App, name: str, arguments: dict[str, object]
) -> None:
    lines, news = polls(app, UpdateReport(polled=3, new=2))
    assert await run(app, name, **arguments) == ["succeeded"]
    assert (lines, news) == (["3 polled, 0 failed, 2 new, 0 edited"], ["news"])


async def test_feeds_that_failed_are_named_some_of_them(app: App) -> None:
    failure = Failure(reason="timeout", message="nothing in 60 s", at=NOW)
    failed = [
        Failed(feed_id=str(number), label=f"feed {number}", address="a:", failure=failure) for number in range(9)
    ]
    lines, _ = polls(app, UpdateReport(polled=9, failed=tuple(failed)))
    await run(app, "poll", hosts=[], needed=[])
    assert lines[:2] == ["9 polled, 9 failed, 0 new, 0 edited", "feed 0: nothing in 60 s  <a:>"]
    assert len(lines) == 6


async def test_a_poll_that_found_nothing_to_do_is_not_told_of(app: App) -> None:
    lines, news = polls(app, UpdateReport())
    await run(app, "poll", hosts=[], needed=[])
    assert (lines, news) == ([], [])


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (StoreError("paper", "is full"), "poll failed: paper: is full"),
        (KeyError("x"), "poll failed by a fault of ours: KeyError('x')"),
    ],
)
async def test_a_poll_that_fails_is_not_tried_again(
    app: App, error: Exception, line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "FAULT_S", 0)
    lines, _ = polls(app, error)
    assert await run(app, "poll", hosts=["a"], needed=[]) == ["failed"]
    assert lines == [line]


async def test_a_chore_that_fails_is_tried_again_later_by_the_databases_clock(app: App) -> None:
    lines: list[str] = []

    async def do(kind: str) -> str:
        raise StoreError("paper", f"no {kind}")

    add_chores(app, do, lines.append, lambda: NOW)
    assert await run(app, "build") == ["todo"]
    assert lines == ["build failed: paper: no build"]
    assert [job["scheduled_at"] for job in app.connector.jobs.values()] == [  # type: ignore[attr-defined]
        NOW + timedelta(seconds=30)
    ]


async def test_a_chore_says_what_it_did_in_a_line(app: App) -> None:
    lines: list[str] = []

    async def do(kind: str) -> str:
        return "" if kind == "images" else f"{kind} done"

    add_chores(app, do, lines.append, lambda: NOW)
    await run(app, "pages")
    await run(app, "images")
    assert lines == ["pages: pages done"]


def test_waits_double_and_end() -> None:
    def wait(attempts: int) -> float | None:
        job = Job(
            id=1, queue="paper", lock=None, queueing_lock=None, task_name="build", task_kwargs={}, attempts=attempts
        )
        decision = Backoff(lambda: NOW).get_retry_decision(exception=KeyError(), job=job)
        return (decision.retry_at - NOW).total_seconds() if decision and decision.retry_at else None

    assert [wait(attempts) for attempts in range(TRIES)] == [30, 60, 120, 240, 480, None]
