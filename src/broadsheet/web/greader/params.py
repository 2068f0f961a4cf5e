"""What a request asks for: its fields in the address and in a form, which may repeat."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl

from litestar import Request
from msgspec import Struct

from broadsheet.errors import ConfigError

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_STEPS: Final = ((10**11, 10**6), (10**14, 10**3))
"""Moments of our age have 10 digits in seconds, 13 in milliseconds, 16 in microseconds: bounds, and steps."""


class Params(Struct, frozen=True, kw_only=True):
    """The fields of a request by name, each with its values in order; those of the address come first."""

    values: Mapping[str, Sequence[str]]

    def all(self, name: str) -> tuple[str, ...]:
        """Read every value of a field that says something."""
        return tuple(value for value in self.values.get(name, ()) if value)

    def first(self, name: str, default: str = "") -> str:
        """Read a field."""
        return next(iter(self.all(name)), default)

    def need(self, name: str) -> str:
        """Read a field that must be there.

        Raises:
            ConfigError: it is missing or empty.
        """
        if value := self.first(name):
            return value
        raise ConfigError(name, "is missing: the request must say it")

    def count(self, name: str, default: int, most: int) -> int:
        """Read how many are wanted: at least 1, at most `most`."""
        try:
            wanted = int(self.first(name, str(default)))
        except ValueError:
            return default
        return min(wanted, most) if wanted > 0 else default

    def seconds(self, name: str) -> datetime | None:
        """Read a moment in seconds since 1970, with or without a fraction; None where it is missing or 0.

        Raises:
            ConfigError: it is no moment.
        """
        text = self.first(name, "0")
        try:
            value = float(text)
            return datetime.fromtimestamp(value, UTC) if value else None
        except (ValueError, OverflowError, OSError) as error:
            raise ConfigError(name, f"{text[:40]!r} is no number of seconds since 1970") from error

    def moment(self, name: str) -> datetime | None:
        """Read a moment in microseconds since 1970, as Google had it, or in milliseconds or seconds, as some send it.

        None where it is missing or 0.

        Raises:
            ConfigError: it is no moment.
        """
        text = self.first(name, "0")
        try:
            value = int(text)
            step = next((us for bound, us in _STEPS if value < bound), 1)
            return EPOCH + timedelta(microseconds=value * step) if value else None
        except (ValueError, OverflowError) as error:
            raise ConfigError(name, f"{text[:40]!r} is no number of microseconds since 1970") from error


async def params_of(request: Request[Any, Any, Any]) -> Params:
    """Collect the fields of a request: readers put them in the address, in the form, or in both.

    NetNewsWire writes forms as they come, in UTF-8 without a "%".
    """
    form = (await request.body()).decode("utf-8", "replace") if request.method == "POST" else ""
    values: dict[str, list[str]] = {}
    for name, value in (*request.query_params.multi_items(), *parse_qsl(form, keep_blank_values=True)):
        values.setdefault(name, []).append(value)
    return Params(values=values)
