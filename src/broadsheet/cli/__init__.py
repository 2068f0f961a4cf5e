"""The command line: parse arguments, call the pipeline, print."""


def main() -> int:
    """Run the command line; returns the exit code."""
    return 0
