"""What a run that does many things at a time raises."""

from collections.abc import Iterator
from contextlib import contextmanager

from broadsheet.errors import BroadsheetError


@contextmanager
def first_fault() -> Iterator[None]:
    """Raise the first error of a group alone, however deep it lies; one of our own before any other."""
    try:
        yield
    except BaseExceptionGroup as group:
        ours, _ = group.split(BroadsheetError)
        raise _first(ours or group) from None


def _first(error: BaseException) -> BaseException:
    return _first(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else error
