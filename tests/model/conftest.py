"""Every type of the model, and an example of each made from its annotations alone."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from msgspec import NODEFAULT, Struct, inspect

from broadsheet import model

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
TYPES = tuple(
    kind
    for kind in (getattr(model, name) for name in model.__all__)
    if isinstance(kind, type) and issubclass(kind, Struct)
)
PLAIN: dict[type[inspect.Type], Any] = {
    inspect.StrType: "x",
    inspect.IntType: 1,
    inspect.FloatType: 1.0,
    inspect.BytesType: b"x",
    inspect.DateTimeType: NOW,
    inspect.DateType: NOW.date(),
    inspect.DictType: {},
    inspect.ListType: (),
    inspect.VarTupleType: (),
    inspect.CustomType: None,
    inspect.AnyType: None,
}


def example(kind: type[Struct], **given: object) -> Any:
    """Make the least instance of a type: required fields get a plain value, the rest their default."""
    needed = {
        field.name: _value(inspect.type_info(field.type))
        for field in msgspec.structs.fields(kind)
        if field.required or field.default is NODEFAULT is field.default_factory
    }
    return kind(**{**needed, **given})


def _value(info: inspect.Type) -> Any:
    if isinstance(info, inspect.UnionType):
        return None if info.includes_none else _value(info.types[0])
    if isinstance(info, inspect.LiteralType):
        return info.values[0]
    if isinstance(info, inspect.StructType):
        return example(info.cls)
    return PLAIN[type(info)]


@pytest.fixture(name="example")
def _example() -> Callable[..., Any]:
    return example


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for `kind` on every type; with `moment`, on every moment of every type."""
    if {"kind", "moment"} <= set(metafunc.fixturenames):
        moments = [
            (kind, field.name)
            for kind in TYPES
            for field in msgspec.structs.fields(kind)
            if "datetime.datetime" in str(field.type) or field.type is datetime
        ]
        metafunc.parametrize(("kind", "moment"), moments, ids=[f"{kind.__name__}.{name}" for kind, name in moments])
    elif "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", TYPES, ids=[kind.__name__ for kind in TYPES])
