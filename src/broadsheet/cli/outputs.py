"""What is printed, and how the program ends where that, or anything else of the system, fails."""

import errno
import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final, TextIO

from broadsheet.wholefiles import Named

OUTPUT: Final = "standard output"
ERRORS: Final = "standard error"

_HELP: Final = {
    errno.ENOSPC: "free some space, then run it again; what was stored is kept",
    errno.EDQUOT: "free some of your share of the disk, then run it again; what was stored is kept",
    errno.EFBIG: "a file may not grow so large here: raise the limit with `ulimit -f unlimited`, then run it again",
    errno.EROFS: "the file system can only be read: name a folder elsewhere, or have it mounted for writing",
    errno.EIO: "the disk may be failing: look into the log of the system, and copy the paper elsewhere",
    errno.ENOMEM: "end other programs, or set fewer `workers` under [update], then run it again",
    errno.EAGAIN: "no process or thread may be begun: end others, or set fewer `workers` under [update]",
    errno.EMFILE: "raise the limit with `ulimit -n 4096`, then run it again",
    errno.ENFILE: "end other programs, then run it again",
    errno.EACCES: "run it as the user whose files these are, or name a folder of your own",
    errno.EPERM: "run it as the user whose files these are, or name a folder of your own",
}
_ELSE: Final = "what was stored is kept: run it again, and `broadsheet doctor` if it fails again"


def name_outputs() -> None:
    """Let errors of writing to the process's outputs say that they are about those; a closed one is mute."""
    if sys.stdout is sys.__stdout__:
        sys.stdout = _named(sys.stdout, OUTPUT)
    if sys.stderr is sys.__stderr__:
        sys.stderr = _named(sys.stderr, ERRORS)


def _named(stream: TextIO | None, name: str) -> TextIO:
    if not isinstance(stream, io.TextIOWrapper):
        return Path(os.devnull).open("w")
    written = io.BufferedWriter(Named(stream.fileno(), name))
    by_line = stream.line_buffering or stream.write_through
    return io.TextIOWrapper(written, stream.encoding, stream.errors, line_buffering=by_line)


def print_anything() -> None:
    """A character that the terminal's encoding does not have costs itself, never the command."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def end_of(error: OSError) -> int:
    """End in peace where nobody reads any more (`| head`); else say what failed, and what to do."""
    _hush(sys.stdout)
    is_printed = error.filename in (OUTPUT, ERRORS)
    if isinstance(error, BrokenPipeError) and is_printed:
        return 0
    cause = error.strerror or str(error) or type(error).__name__
    if is_printed:
        say(f"{error.filename}: {cause}")
    else:
        say(f"{error.filename or 'the system refused something'}: {cause}; {_HELP.get(error.errno or 0, _ELSE)}")
    return 1


def say(message: str) -> None:
    """Say something beside the output; where that fails, nobody is left to tell."""
    try:
        print(f"broadsheet: {message}", file=sys.stderr)
    except OSError:
        _hush(sys.stderr)


def _hush(stream: TextIO) -> None:
    """Write what is left nowhere: Python would fail once more at its end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
