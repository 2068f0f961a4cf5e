"""What the pure rooms read once and keep can be read again, in whichever test it was read first."""

from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import signature
from pkgutil import walk_packages

import pytest

ROOMS = ("model", "parse", "clean", "decide", "imaging", "annotate", "group", "market")


def kept() -> Iterator[Callable[[], object]]:
    """Every function without arguments whose answer is kept."""
    for room in ROOMS:
        package = import_module(f"broadsheet.{room}")
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            for value in vars(import_module(found.name)).values():
                if (
                    hasattr(value, "cache_info")
                    and value.__module__ == found.name
                    and not signature(value).parameters
                ):
                    yield value


@pytest.mark.parametrize("read", list(kept()), ids=lambda read: f"{read.__module__}.{read.__name__}")
def test_what_is_read_again_is_of_the_kind_that_is_kept(read: Callable[[], object]) -> None:
    again = read.__wrapped__()  # type: ignore[attr-defined]
    assert type(again) is type(read())
