"""The description of the API, with the shapes of bodies as msgspec describes the types that it checks them by."""

from collections.abc import Iterator, Sequence
from typing import Any, get_type_hints

import msgspec
from litestar import Request
from litestar.handlers import HTTPRouteHandler
from litestar.openapi.plugins import JsonRenderPlugin

REFERENCE = "#/components/schemas/{name}"


class Describing(JsonRenderPlugin):
    """Gives the description at `/openapi.json`; the framework's own schemas leave out what bounds lists and texts."""

    def __init__(self, routes: Sequence[HTTPRouteHandler]) -> None:
        super().__init__(path="/openapi.json")
        self._routes = routes

    def render(self, request: Request[Any, Any, Any], openapi_schema: dict[str, Any]) -> bytes:
        """Write the description, the shapes and the parameters of the API put right."""
        _, shapes = msgspec.json.schema_components(list(shapes_of(self._routes)), ref_template=REFERENCE)
        components = openapi_schema["components"]
        described = {
            **openapi_schema,
            "paths": {path: _narrowed(item) for path, item in openapi_schema["paths"].items()},
            "components": {**components, "schemas": {**components["schemas"], **shapes}},
        }
        return super().render(request, described)


def shapes_of(routes: Sequence[HTTPRouteHandler]) -> Iterator[Any]:
    """Give the types of the bodies that routes take and answer with."""
    for route in routes:
        hints = get_type_hints(route.fn, include_extras=True)
        for hint in (hints.get("data"), hints["return"]):
            if hint is not None and "Response" not in str(hint):
                yield hint


def _narrowed(item: dict[str, Any]) -> dict[str, Any]:
    """Describe the parameters of a path without null, which no query can say."""
    return {method: _without_null(operation) for method, operation in item.items()}


def _without_null(operation: dict[str, Any]) -> dict[str, Any]:
    parameters = [{**one, "schema": _said(one["schema"])} for one in operation.get("parameters", ())]
    return {**operation, "parameters": parameters}


def _said(schema: dict[str, Any]) -> dict[str, Any]:
    ways = [way for way in schema.get("oneOf", ()) if way != {"type": "null"}]
    rest = {name: value for name, value in schema.items() if name != "oneOf"}
    return {**ways[0], **rest} if len(ways) == 1 else schema
