"""The measures as Markdown tables, put between the markers of docs/benchmarks.md."""

import os
import platform
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import hugo, measures
from bench.cost import middle
from bench.measures import Measured

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
README = {
    ROOT / "README.md": {},
    ROOT / "README.zh-CN.md": {
        "CPU seconds": "CPU 秒",
        measures.COLD: "初次取回，入库并可搜索",
        measures.AGAIN: "再取一遍，没有新内容",
        measures.FULL: "整站生成",
        measures.ONE_MORE: "多一篇文章后更新",
        "posts": "篇",
        "feeds": "个源",
    },
}
HEADS = ("", "CPU s", "beside broadsheet", "per CPU s", "wall s", "peak MiB")


def table(measured: Measured) -> str:
    """One measure as a table; ratios are of CPU seconds, medians of all runs."""
    costs = {name: middle(runs) for name, runs in measured.costs.items()}
    ours = costs["broadsheet"].cpu_s
    rows = [
        (
            name,
            f"{cost.cpu_s:.2f}",
            "1" if name == "broadsheet" else f"{cost.cpu_s / ours:.2f} x",
            f"{measured.amount / cost.cpu_s:,.0f} {measured.unit}",
            f"{cost.wall_s:.2f}",
            f"{cost.peak_mib:.0f}",
        )
        for name, cost in costs.items()
    ]
    return f"{_sentence(measured.how)}\n\n{_grid(HEADS, rows)}"


def stage_table(measured: Measured) -> str:
    """The stages, their CPU seconds and rate."""
    cpu = {name: middle(runs).cpu_s for name, runs in measured.costs.items()}
    rows = [(name, f"{cpu_s:.2f}", f"{measured.amount / cpu_s:,.0f} {measured.unit}") for name, cpu_s in cpu.items()]
    return f"{_sentence(measured.how)}\n\n{_grid(('', 'CPU s', 'per CPU s'), rows)}"


def peak_table(measured: Sequence[Measured]) -> str:
    """The peak memory of the largest process (MiB) of every contestant in every measure, over all runs."""
    names = list(dict.fromkeys(name for one in measured for name in one.costs))
    rows = [
        (name, *(f"{max(c.peak_mib for c in one.costs[name]):.0f}" if name in one.costs else "-" for one in measured))
        for name in names
    ]
    return _grid(("MiB", *(one.title for one in measured)), rows)


def circumstances(runs: int) -> str:
    """Where, when and with what this was measured, in one paragraph."""
    software = [
        f"Python {platform.python_version()}",
        *(f"{name} {version(name)}" for name in ("broadsheet", "lxml", "aiohttp")),
        *([f"Hugo {found.partition('+')[0]}"] if (found := hugo.version()) else []),
    ]
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
    machine = f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB, {platform.system()} {platform.release()}"
    made = f"medians of {runs} runs" if runs > 1 else "one run"
    return f"{datetime.now(UTC):%Y-%m-%d}, commit {_commit()}; {made}; {machine}; {', '.join(software)}."


def summary(measured: Sequence[Measured], words: Mapping[str, str]) -> str:
    """All measures in one small table for a front page: CPU seconds, in the language of `words`."""
    names = [
        name
        for name in dict.fromkeys(n for one in measured for n in one.costs)
        if not name.startswith(("floor", "BROAD", "broadsheet, "))
    ]
    rows = [
        (
            f"{words.get(one.title, one.title)} ({one.amount:,} {words.get(one.unit, one.unit)})",
            *(f"{middle(one.costs[name]).cpu_s:.2f}" if name in one.costs else "-" for name in names),
        )
        for one in measured
    ]
    return _grid((words.get("CPU seconds", "CPU seconds"), *names), rows)


def write(page: Path, blocks: Mapping[str, str]) -> None:
    """Replace blocks of a page; each stands between `<!-- bench:NAME -->` and `<!-- /bench -->`.

    Raises:
        ValueError: the page has no such block.
    """
    text = page.read_text("utf-8")
    for name, block in blocks.items():
        head, mark, rest = text.partition(f"<!-- bench:{name} -->\n")
        _, end, tail = rest.partition("<!-- /bench -->")
        if not (mark and end):
            message = f"{page} has no block {name}"
            raise ValueError(message)
        text = f"{head}{mark}{block}\n{end}{tail}"
    page.write_text(text, "utf-8")


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _grid(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---", *["---:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    found = re.search(r"^model name\s*:\s*(.+)$", info.read_text("utf-8"), re.MULTILINE) if info.exists() else None
    return found[1] if found else platform.machine()


def _commit() -> str:
    asked = subprocess.run(
        ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip() or "unknown"
