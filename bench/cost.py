"""The cost of commands, and what several runs of one say together."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

METER = Path(__file__).with_name("meter.py")


class Cost(NamedTuple):
    """CPU and wall seconds of a process tree, and the peak memory (MiB) of its largest process."""

    cpu_s: float
    wall_s: float
    peak_mib: float


class Done(NamedTuple):
    """What a command cost and what it printed."""

    cost: Cost
    output: str


class BenchError(Exception):
    """A contestant did not do what is being timed, so its time would mean nothing."""


def run(command: Sequence[str | Path], environ: Mapping[str, str] | None = None) -> Done:
    """Run one command alone and measure it.

    Raises:
        BenchError: it ended with another code than 0; what it printed is in the text.
    """
    with tempfile.NamedTemporaryFile("r", suffix=".json") as report:
        metered = [sys.executable, "-I", "-S", str(METER), report.name, *map(str, command)]
        settings = {**_without_noise(), **(environ or {})}
        done = subprocess.run(
            metered, env=settings, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if done.returncode:
            message = f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
            raise BenchError(message)
        cost = json.load(report)
    return Done(Cost(cost["cpu_s"], cost["wall_s"], cost["peak_kib"] / 1024), done.stdout)


def together(costs: Iterable[Cost]) -> Cost:
    """The cost of commands run one after another."""
    cpu, wall, peak = zip(*costs, strict=True)
    return Cost(sum(cpu), sum(wall), max(peak))


def middle(costs: Iterable[Cost]) -> Cost:
    """The median of several runs of the same, each figure by itself."""
    cpu, wall, peak = zip(*costs, strict=True)
    return Cost(median(cpu), median(wall), median(peak))


def _without_noise() -> dict[str, str]:
    # Bytecode is what every installed program runs from; without it each start would be timed compiling.
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
