"""Readers who ask for one page again and again: webload.py ADDRESS READERS SECONDS PAUSE, in a process of its own.

Without a pause they are as many connections, each of which asks as soon as it was answered; wrk does that where it is
installed, for it takes less of the machine that it shares with the server.
"""

import asyncio
import json
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from typing import NamedTuple

import aiohttp

from bench.cost import BenchError

LONGEST_ANSWER_S = 60
SCRIPT = Path(__file__).with_name("webload.lua")


class Load(NamedTuple):
    """What readers met with: requests and their seconds, latencies in milliseconds, answers that were no page.

    `closed` are connections that ended under a reader; a server that keeps them open should have none.
    """

    requests: int
    seconds: float
    p50: float
    p95: float
    p99: float
    failed: int
    closed: int = 0

    @property
    def rate(self) -> float:
        """Requests answered a second."""
        return (self.requests - self.failed) / self.seconds


def tool() -> str:
    """What asks without a pause on this machine."""
    return "wrk" if shutil.which("wrk") else "the bench's own readers (aiohttp)"


def load(address: str, readers: int, seconds: float, pause: float = 0) -> Load:
    """Let readers ask for a page; each waits `pause` seconds from one request to the next.

    Raises:
        BenchError: whoever asks broke down.
    """
    own = [sys.executable, "-m", "bench.webload", address, str(readers), str(seconds), str(pause)]
    alone = [
        "wrk",
        "-t1",
        f"-c{readers}",
        f"-d{seconds:.0f}s",
        f"--timeout={LONGEST_ANSWER_S}s",
        f"-s{SCRIPT}",
        address,
    ]
    command = alone if shutil.which("wrk") and not pause and seconds >= 1 else own
    done = subprocess.run(command, cwd=SCRIPT.parents[1], capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
        raise BenchError(message)
    return Load(**json.loads(done.stdout.splitlines()[-1]))


async def ask(address: str, readers: int, seconds: float, pause: float) -> Load:
    """Ask for a page with so many readers at once, for so many seconds."""
    spent: list[float] = []
    failed = 0
    start = perf_counter()
    timeout = aiohttp.ClientTimeout(total=LONGEST_ANSWER_S)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), timeout=timeout) as session:

        async def read(number: int) -> None:
            nonlocal failed
            asks_at = start + pause * number / readers
            while (asks_at := max(asks_at, perf_counter())) < start + seconds:
                await asyncio.sleep(asks_at - perf_counter())
                try:
                    began = perf_counter()
                    async with session.get(address) as answer:
                        await answer.read()
                        failed += answer.status != 200
                except aiohttp.ClientError:
                    failed += 1
                spent.append(1000 * (perf_counter() - began))
                asks_at += pause

        await asyncio.gather(*(read(number) for number in range(readers)))
    cuts = quantiles(spent, n=100)
    return Load(len(spent), perf_counter() - start, cuts[49], cuts[94], cuts[98], failed)


def main(address: str, readers: str, seconds: str, pause: str) -> None:
    """Ask, and print what was measured as JSON."""
    print(json.dumps(asyncio.run(ask(address, int(readers), float(seconds), float(pause)))._asdict()))


if __name__ == "__main__":
    main(*sys.argv[1:])
