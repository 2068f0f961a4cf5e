"""Whole documents that the API takes as they are: how they are described, and how much of them is read."""

from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.exceptions import ClientException
from litestar.openapi.spec import Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.openapi.spec.media_type import OpenAPIMediaType


def taking(media_type: str, largest: int) -> type[Operation]:
    """Describe an operation that takes a document of at most so many bytes."""

    @dataclass
    class Taking(Operation):
        def __post_init__(self) -> None:
            text = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING, max_length=largest))
            self.request_body = RequestBody(content={media_type: text}, required=True)

    return Taking


async def body_of(request: Request[Any, Any, Any], largest: int) -> bytes:
    """Read a document.

    Raises:
        ClientException: it is larger than `largest` bytes.
    """
    body = await request.body()
    if len(body) > largest:
        raise ClientException(f"the body is larger than {largest:,} bytes", status_code=413)
    return body
