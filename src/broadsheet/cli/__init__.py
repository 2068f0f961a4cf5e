"""The command line: parse arguments, call the pipeline, print."""

import atexit
import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress

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
    from broadsheet.cli.app import run

    _print_anything()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # else numpy starts a thread for each core, with nothing to do
    try:
        code = run(sys.argv[1:] if argv is None else argv)
        sys.stdout.flush()
    except BroadsheetError as error:
        _say(str(error))
        return error.exit_code
    except KeyboardInterrupt:
        _say("stopped; what was stored is kept")
        return STOPPED
    except OSError as error:
        return _output_failed(error)
    return code


def _collect_seldom() -> None:
    """Look for cycles of garbage seldom, and not at the end of the process, which gives back all of its memory."""
    gc.set_threshold(SELDOM)
    atexit.register(gc.freeze)


def _print_anything() -> None:
    """A character that the terminal's encoding does not have costs itself, never the command."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _output_failed(error: OSError) -> int:
    """End in peace where nobody reads any more (`| head`); say why where the output cannot be written."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python fails once more at its end
    if isinstance(error, BrokenPipeError):
        return 0
    _say(f"{error.filename or 'standard output'}: {error.strerror or error}")
    return 1


def _say(message: str) -> None:
    print(f"broadsheet: {message}", file=sys.stderr)
