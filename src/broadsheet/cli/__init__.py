"""The command line: parse arguments, call the pipeline, print."""

import atexit
import gc
import os
import sys
from collections.abc import Sequence

from broadsheet.cli.outputs import end_of, name_outputs, print_anything, say
from broadsheet.errors import BroadsheetError

STOPPED = 130
"""What a program ends with after Ctrl-C: 128 and the number of the signal."""

SELDOM = 10_000
"""So many more objects, and Python looks for cycles; its own 700 make it look 140 times in a quiet poll."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 some feeds failed, 2 wrong use or configuration, 130 Ctrl-C.

    `argv` leaves out the program's name; without it the process's own arguments are taken.
    """
    if argv is None:
        _collect_seldom()
        name_outputs()
    from broadsheet.cli.app import run

    print_anything()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # else numpy starts a thread for each core, with nothing to do
    try:
        code = run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except BroadsheetError as error:
        say(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        say("stopped; what was stored is kept")
        return STOPPED
    except OSError as error:
        return end_of(error)
    return code


def _collect_seldom() -> None:
    """Look for cycles of garbage seldom, and not at the end of the process, which gives back all of its memory."""
    gc.set_threshold(SELDOM)
    atexit.register(gc.freeze)
