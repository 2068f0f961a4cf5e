"""Run one command and write its cost as JSON: meter.py REPORT COMMAND...

This runs as a small process of its own (`python -I -S`), because a child's peak memory begins with its parent's.
CPU seconds are user and system time of the command and of every process it waited for; memory is that of the largest
one of them, in KiB.
"""

import json
import os
import sys
import time


def main(report: str, command: list[str]) -> int:
    """Run the command to its end; returns its exit code."""
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    cost = {"cpu_s": usage.ru_utime + usage.ru_stime, "wall_s": wall, "peak_kib": usage.ru_maxrss}
    with open(report, "w", encoding="utf-8") as file:  # noqa: PTH123  pathlib is a megabyte that would be measured too
        json.dump(cost, file)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2:]))
