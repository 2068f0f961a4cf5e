"""What requests and answers of the API share: bounds, ids, moments, and how a fault is told."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Final, TypeAlias

import msgspec
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import PathParameter, QueryParameter
from msgspec import Meta, Struct

from broadsheet.errors import ConfigError

POST_ID: Final = "^[0-9]{8}-[0-9a-f]{10}$"
HEX_ID: Final = "^[0-9a-f]{10}$"
MOST_IDS: Final = 1000
MOST_SHOWN: Final = 200

PostId: TypeAlias = Annotated[str, Meta(pattern=POST_ID, max_length=19, description="The id of a post.")]
StoryId: TypeAlias = Annotated[str, Meta(pattern=POST_ID, max_length=19, description="The id of a story.")]
FeedId: TypeAlias = Annotated[str, Meta(pattern=HEX_ID, max_length=10, description="The id of a feed.")]
PostPath: TypeAlias = Annotated[str, PathParameter(pattern=POST_ID, max_length=19, description="The id of a post.")]
StoryPath: TypeAlias = Annotated[str, PathParameter(pattern=POST_ID, max_length=19, description="The id of a story.")]
ClaimPath: TypeAlias = Annotated[str, PathParameter(pattern=POST_ID, max_length=19, description="The id of a claim.")]
WatchPath: TypeAlias = Annotated[str, PathParameter(pattern=HEX_ID, max_length=10, description="The id of a watch.")]
FeedPath: TypeAlias = Annotated[str, PathParameter(pattern=HEX_ID, max_length=10, description="The id of a feed.")]
FEED_SCHEMA: Final = Schema(type=OpenAPIType.STRING, pattern=HEX_ID)
Limit: TypeAlias = Annotated[int, QueryParameter(ge=1, le=MOST_SHOWN, description="How many at the most.")]
Instant: TypeAlias = Annotated[str | None, QueryParameter(format="date-time", max_length=40)]
Note: TypeAlias = Annotated[str, Meta(max_length=20_000)]
Name: TypeAlias = Annotated[str, Meta(max_length=200)]
Address: TypeAlias = Annotated[str, Meta(min_length=1, max_length=2000)]
Section: TypeAlias = Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=100)], ...], Meta(max_length=10)]

_MOMENT = msgspec.json.Decoder(Annotated[datetime, Meta(tz=True)])


class Fault(Struct, frozen=True, kw_only=True):
    """What went wrong: the HTTP status, and one sentence that says what to do."""

    status: int
    error: str


_FAULTS: Final = {
    400: "The request is not as described here.",
    401: "Send a token, or sign in.",
    403: "Whoever asks may not do this.",
    404: "There is nothing of this name.",
    409: "Something else is at work on it: try again in a minute.",
    413: "The body is larger than the server takes.",
    421: "A paper without a password answers to this machine alone.",
    422: "It was asked for and could not be had, or cannot be read.",
    429: "Too many wrong passwords: wait for as long as Retry-After says.",
}
_ALWAYS: Final = (400, 401, 403, 421)


def faults(*more: int) -> Mapping[int, ResponseSpec]:
    """Describe what may go wrong on a route, beside what may go wrong on every one."""
    return {
        status: ResponseSpec(Fault, description=_FAULTS[status], generate_examples=False)
        for status in (*_ALWAYS, *more)
    }


def moment_of(name: str, said: str | None) -> datetime | None:
    """Read a moment of a query.

    Raises:
        ConfigError: it is none, or it names no zone.
    """
    if said is None:
        return None
    try:
        return utc(_MOMENT.decode(msgspec.json.encode(said)))
    except (msgspec.MsgspecError, OverflowError) as error:
        raise ConfigError(name, "is no moment: write it as in 2026-11-27T08:00:00Z") from error


def utc(moment: datetime) -> datetime:
    """Give an aware moment in UTC.

    Raises:
        OverflowError: UTC has no such moment.
    """
    return moment.astimezone(UTC)
