"""What a request says is taken as its route describes it, and in no other way."""

from typing import Any

import msgspec
from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.params import QueryParameter

from broadsheet.errors import ConfigError

PLACE = " - at `$"


async def only_known(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Refuse a query that says what its route does not know: a filter that is mistyped would filter nothing.

    Raises:
        ConfigError: there is such a parameter.
    """
    known = known_parameters(handler)
    for name in connection.query_params:
        if name not in known:
            may = ", ".join(sorted(known)) or "none"
            raise ConfigError(name, f"is no parameter here; those are: {may}")


async def only_typed(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Refuse a body that is not of its type; the framework would take a number for a moment, and "yes" for true.

    Raises:
        ConfigError: it is no JSON, or something in it is of another type.
    """
    data = handler.parsed_fn_signature.parameters.get("data")
    if data is None or not isinstance(connection, Request):
        return
    body = await connection.body()
    try:
        msgspec.json.decode(body, type=data.annotation)
    except msgspec.MsgspecError as error:
        why, _, place = str(error).partition(PLACE)
        raise ConfigError(place.strip("`.") or "body", why) from error


def known_parameters(handler: BaseRouteHandler) -> frozenset[str]:
    """Name what the query of a route may say."""
    fields = handler.parsed_fn_signature.parameters
    asked = ((name, field.kwarg_definition) for name, field in fields.items())
    return frozenset(one.name or name for name, one in asked if isinstance(one, QueryParameter))
