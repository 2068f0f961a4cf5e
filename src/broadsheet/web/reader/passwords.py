"""Another password, for who knows the one there is: asked for like signing in, and as seldom wrong."""

from litestar.exceptions import ClientException

from broadsheet.errors import ConfigError
from broadsheet.store import Store
from broadsheet.web.access.keys import LONGEST_PASSWORD, SHORTEST_PASSWORD, hash_password, matches
from broadsheet.web.house.house import House


async def change_password(house: House, asker: str, old: str, new: str) -> None:
    """Set another password; every session ends. `asker` is the address that the request came from.

    Raises:
        ConfigError: the new one is too short or too long, or the old one is not that which there is.
        ClientException: too many were wrong (429), with Retry-After.
    """
    if len(new) < SHORTEST_PASSWORD or len(new.encode("utf-8", "replace")) > LONGEST_PASSWORD:
        allowed = f"{SHORTEST_PASSWORD} characters or more, {LONGEST_PASSWORD:,} bytes at the most"
        raise ConfigError("new", f"choose a password of {allowed}")
    if wait := house.attempts.wait_s(asker, house.now()):
        headers = {"Retry-After": str(wait)}
        raise ClientException(f"too many wrong passwords: wait {wait} s", status_code=429, headers=headers)
    if not await house.desk.ask(lambda store: _change(store, old, new)):
        house.attempts.failed(asker, house.now())
        raise ConfigError("old", "is not the password there is; nothing was changed")
    house.attempts.succeeded(asker)


def _change(store: Store, old: str, new: str) -> bool:
    kept = store.doors.password()
    if kept is not None and not matches(kept, old):
        return False
    store.doors.set_password(hash_password(new))
    return True
