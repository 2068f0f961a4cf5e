"""Run one command and write its cost as JSON: meter.py REPORT COMMAND...

This runs as a small process of its own (`python -I -S`), because a child's peak memory begins with its parent's.
CPU seconds are user and system time of the command and of every process under it, orphans too (multiprocessing's fork
server outlives its starter): they become children of this process (`man 2 PR_SET_CHILD_SUBREAPER`), which waits for
all. Memory is that of the largest single process, in KiB.
"""

import ctypes
import json
import os
import resource
import sys
import time
from contextlib import suppress

PR_SET_CHILD_SUBREAPER = 36


def main(report: str, command: list[str]) -> int:
    """Run the command to its end; returns its exit code."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status = os.waitpid(child, 0)
    wall = time.perf_counter() - start
    with suppress(ChildProcessError):
        while True:
            os.wait()
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = {"cpu_s": usage.ru_utime + usage.ru_stime, "wall_s": wall, "peak_kib": usage.ru_maxrss}
    with open(report, "w", encoding="utf-8") as file:  # noqa: PTH123  pathlib is a megabyte that would be measured too
        json.dump(cost, file)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2:]))
