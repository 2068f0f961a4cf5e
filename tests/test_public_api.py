"""The doors between the rooms are a list, and this test holds the list: tests/public_api.txt.

A door that moves is a change to the architecture: `./run golden` writes the list anew, and the diff is read.
"""

import importlib
import inspect
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LIST = Path(__file__).with_name("public_api.txt")
PURE = ("errors", "model", "parse", "clean", "decide", "imaging", "annotate", "market")
ROOMS = (*PURE, "fetch", "store", "publish", "config", "demo", "cli")
PIPELINE = (
    "workers.process",
    "means",
    "polling.asking",
    "polling.holds",
    "push.subscribing",
    "push.hubs",
    "update",
    "fulltext",
    "workers.articles",
    "workers.originals",
    "subscriptions.settings",
    "polling.leases",
    "build",
    "rework",
    "subscriptions.subscribe",
    "subscriptions.follow",
    "postfiles",
    "subscriptions.examine",
    "faults",
    "workers.decoders",
    "images",
    "preview",
    "facts.prices",
    "report",
    "workers.pool",
)
DOORS = (*ROOMS, "publish.postfiles", *(f"pipeline.{module}" for module in PIPELINE))
MODULE = re.compile(r"\b(?:[a-z_]+\.)+(?=[A-Za-z])")
ANNOTATED = re.compile(r"Annotated\[(.+?), Meta\(.*?\)\]")


def public_names(room: Any) -> list[str]:
    """What a room or module offers: its `__all__`, or what it defines itself under a public name."""
    if hasattr(room, "__all__"):
        return sorted(room.__all__)
    return sorted(
        name
        for name, value in vars(room).items()
        if not name.startswith("_") and getattr(value, "__module__", None) == room.__name__
    )


def describe(name: str, value: Any) -> Iterator[str]:
    """One line for a function or plain type, and one for each public method of a class that has some."""
    if not callable(value) or getattr(value, "__origin__", None):
        yield name
        return
    yield f"{name}{signature(value)}"
    if inspect.isclass(value):
        for method, function in sorted(vars(value).items()):
            if not method.startswith("_") and inspect.isfunction(function):
                yield f"{name}.{method}{signature(function)}"
            elif not method.startswith("_") and isinstance(function, property):
                yield f"{name}.{method}"


def signature(value: Any) -> str:
    """How it is called: types by their last names, and "..." for what may be left out."""
    try:
        found = inspect.signature(value)
    except (TypeError, ValueError):
        return ""
    optional = [
        given if given.default is given.empty else given.replace(default=Default())
        for given in found.parameters.values()
    ]
    text = MODULE.sub("", str(found.replace(parameters=optional)))
    return ANNOTATED.sub(r"\1", text).replace("'", "")


class Default:
    """Stands for a default, whose value is no part of a door."""

    def __repr__(self) -> str:
        return "..."


def doors() -> str:
    """The whole list."""
    lines = []
    for room in DOORS:
        module = importlib.import_module(f"broadsheet.{room}")
        lines += [
            f"{room}: {line}" for name in public_names(module) for line in describe(name, getattr(module, name))
        ]
    return "\n".join(lines) + "\n"


def test_the_doors_are_the_listed_ones() -> None:
    if os.environ.get("BROADSHEET_GOLDEN") == "write":
        LIST.write_text(doors(), "utf-8")
    assert doors() == LIST.read_text("utf-8")


def test_every_door_says_what_it_does() -> None:
    for room in DOORS:
        module = importlib.import_module(f"broadsheet.{room}")
        for name in public_names(module):
            value = getattr(module, name)
            if inspect.isfunction(value) or inspect.isclass(value):
                assert inspect.getdoc(value), f"broadsheet.{room}.{name}"
