"""The command line: parse arguments, call the pipeline, print."""

import sys
from collections.abc import Sequence

from broadsheet.errors import BroadsheetError


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code: 0 done, 1 some feeds failed, 2 wrong use or configuration.

    `argv` leaves out the program's name; without it the process's own arguments are taken.
    """
    from broadsheet.cli.app import run

    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return run(arguments)
    except BroadsheetError as error:
        print(f"broadsheet: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("broadsheet: stopped; what was stored is kept", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return 0
