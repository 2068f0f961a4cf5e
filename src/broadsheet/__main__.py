"""`python -m broadsheet` is the command line."""

from broadsheet.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
