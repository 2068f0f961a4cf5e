"""Kill a build at each of its steps on the disk in turn; a program of its own, because it forks and dies.

Usage: killed_build.py FOLDER. Prints the number of steps; fails when a reader could ever have seen half a build.
"""

import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from broadsheet.model import Page
from broadsheet.publish import write_site

BEFORE = {"index": "1", "p/a": "a", "p/b": "b", "q/r/c": "c"}
AFTER = {"index": "2", "p/a": "a", "p/b/index": "b", "s/d": "d"}
STEPS = {"open", "os.mkdir", "os.link", "os.rename", "os.remove", "os.rmdir", "os.symlink", "shutil.rmtree"}


def planned(texts: Mapping[str, str]) -> list[Page]:
    return [Page(path=path, digest=text, render=text.encode) for path, text in texts.items()]


def shown(folder: Path) -> dict[str, str]:
    tree = folder.resolve()
    return {file.relative_to(tree).as_posix(): file.read_text() for file in tree.rglob("*") if file.is_file()}


def build_until(site: Path, step: int) -> bool:
    """Build in a child that dies before the given step; tells whether it got to its end."""
    child = os.fork()
    if child == 0:
        count = 0

        def die(event: str, _: object) -> None:
            nonlocal count
            count += event in STEPS
            if count == step:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(die)
        write_site(planned(AFTER), site)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def kill_at(step: int, site: Path, standing: Mapping[str, str]) -> bool:
    """Kill one build, look at what stands, and complete it; tells whether the build had ended before."""
    if standing:
        write_site(planned(standing), site)
    ended = build_until(site, step)
    seen = shown(site)
    assert seen in (standing, AFTER), (step, seen)
    for texts in (AFTER, BEFORE):
        write_site(planned(texts), site)
        assert shown(site) == texts, (step, shown(site))
    return ended


def main(folder: Path) -> None:
    os.sync = lambda: None  # a killed process leaves the system, and so its memory of files, alive
    os.fsync = lambda fd: None
    steps = 0
    for name, standing in (("first", {}), ("next", BEFORE)):
        step = 1
        while not kill_at(step, folder / f"{name}{step}" / "site", standing):
            step += 1
        steps += step - 1
    print(steps)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
