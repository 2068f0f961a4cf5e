"""Of many errors at a time, the one that a person can do something about is raised."""

import pytest

from broadsheet.errors import StoreError
from broadsheet.pipeline.faults import first_fault


def test_the_first_of_our_own_is_raised_however_deep_it_lies() -> None:
    with pytest.raises(StoreError, match="the disk is full"), first_fault():
        raise ExceptionGroup("", [ValueError("x"), ExceptionGroup("", [StoreError("a.db", "the disk is full")])])


def test_without_one_the_first_of_all_is_raised() -> None:
    with pytest.raises(ValueError, match="x"), first_fault():
        raise BaseExceptionGroup("", [ExceptionGroup("", [ValueError("x"), KeyError("y")])])


def test_an_error_alone_stays_itself() -> None:
    with pytest.raises(KeyError), first_fault():
        raise KeyError
