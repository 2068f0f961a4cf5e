"""Secrets: passwords as Argon2id keeps them, sessions and tokens as digests of what only their holders have."""

import hmac
import secrets
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final

from broadsheet.errors import ConfigError
from broadsheet.model import Token, TokenScope

SECRET_BYTES: Final = 32
MARK: Final = "bs_"
"""How an API token begins, so that it is known for one wherever it turns up."""

SHORTEST_PASSWORD: Final = 8
"""Characters."""

LONGEST_PASSWORD: Final = 1024
"""Bytes in UTF-8; hashing more would be work that strangers order."""

LONGEST_NAME: Final = 100
"""Of a token, in characters."""


def new_secret() -> str:
    """Make a secret of 256 bits, to be sent in a cookie or a form."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest_of(secret: str) -> str:
    """Name a secret by what may be stored: as it has 256 bits, no slow hash is needed."""
    return blake2b(secret.encode("utf-8", "surrogatepass"), digest_size=32).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two secrets in a time that tells nothing of them."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def hash_password(password: str) -> str:
    """Hash a password with Argon2id (RFC 9106), parameters and salt included."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(password)


def matches(kept: str, password: str) -> bool:
    """Say whether a password is the one that was hashed."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


def token_name(typed: str) -> str:
    """Give a token the name that somebody typed, at most so long.

    Raises:
        ConfigError: there is none.
    """
    name = typed.strip()[:LONGEST_NAME]
    if not name:
        raise ConfigError("name", "is empty; say what the token is for")
    return name


def make_token(name: str, scope: TokenScope, now: datetime, days: int | None = None) -> tuple[str, Token]:
    """Make an API token: its secret, and what is kept of it; it is good for so many `days`, None: for ever."""
    secret = MARK + new_secret()
    expires_at = now + timedelta(days=days) if days else None
    digest = digest_of(secret)
    made = Token(id=digest[:8], name=name, scope=scope, digest=digest, created_at=now, expires_at=expires_at)
    return secret, made
