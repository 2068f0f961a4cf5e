"""Keys of the live reader: browsers that signed in, and tokens of programs; secrets are known by their digests."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from broadsheet.model.moments import require_utc

TokenScope = Literal["read", "write"]


class SignIn(Struct, frozen=True, kw_only=True):
    """A browser that signed in; `csrf` is the secret of its forms, `agent` how it called itself."""

    digest: str
    csrf: str
    opened_at: datetime
    used_at: datetime
    expires_at: datetime
    agent: str = ""

    def __post_init__(self) -> None:
        require_utc(self.opened_at, self.used_at, self.expires_at)


class Token(Struct, frozen=True, kw_only=True):
    """A key for a program: what it may, and until when; None: for ever. `id` is short and no secret."""

    id: str
    name: str
    scope: TokenScope
    digest: str
    created_at: datetime
    used_at: datetime | None = None
    expires_at: datetime | None = None

    def __post_init__(self) -> None:
        require_utc(self.created_at, self.used_at, self.expires_at)
