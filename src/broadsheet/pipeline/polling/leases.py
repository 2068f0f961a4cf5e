"""What a killed update left behind: feeds that it had borrowed, and nobody polls."""

import os

from broadsheet.store import Store

NOTE = "updating"
WORKERS = "workers"
"""What stands in the note's place where workers poll: they look after their own dead."""


def end_dead_leases(store: Store) -> None:
    """Give back what an update of this machine had borrowed when it was killed; note that this process updates now.

    Leases of a process that lives, or that ran on another machine, end by time alone.
    """
    here, holder = _name(os.getpid()), store.meta(NOTE) or ""
    if holder in {here, WORKERS} or _lives(holder):
        return
    if holder.startswith(_name("")):
        store.release_all()
    store.set_meta(NOTE, here)


def _name(process: int | str) -> str:
    return f"{os.uname().nodename} {process}"


def _lives(holder: str) -> bool:
    machine, _, process = holder.rpartition(" ")
    if machine != os.uname().nodename or not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True  # it is somebody else's, and there
    return True
