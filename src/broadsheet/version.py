"""The version of this installation."""

from importlib.metadata import version as _installed


def version() -> str:
    """The installed version, as PEP 440 writes it."""
    return _installed("broadsheet")
