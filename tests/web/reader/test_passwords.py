"""Another password, for who knows the one there is."""

import pytest
from litestar.exceptions import ClientException
from tests.web.conftest import NOW

from broadsheet.config import Config
from broadsheet.errors import ConfigError
from broadsheet.store import Store
from broadsheet.web.access.keys import hash_password, matches
from broadsheet.web.house.house import open_house
from broadsheet.web.reader.passwords import change_password


@pytest.mark.parametrize("new", ["short", "", "字" * 400])
async def test_it_is_neither_short_nor_endless(paper: Config, store: Store, new: str) -> None:
    house = open_house(paper, "127.0.0.1", lambda: NOW)
    with pytest.raises(ConfigError, match="8 characters or more"):
        await change_password(house, "here", "", new)
    assert store.doors.password() is None
    house.desk.close()


async def test_guessing_the_old_one_has_to_wait(paper: Config, store: Store) -> None:
    house = open_house(paper, "127.0.0.1", lambda: NOW)
    await change_password(house, "here", "", "a long password")
    for _ in range(5):
        with pytest.raises(ConfigError, match="nothing was changed"):
            await change_password(house, "here", "guess", "another password")
    with pytest.raises(ClientException) as refused:
        await change_password(house, "here", "a long password", "another password")
    assert (refused.value.status_code, refused.value.headers) == (429, {"Retry-After": "900"})
    await change_password(house, "elsewhere", "a long password", "another password")
    kept = store.doors.password()
    assert kept is not None
    assert matches(kept, "another password")
    house.desk.close()


async def test_a_password_that_is_set_ends_every_session(paper: Config, store: Store) -> None:
    store.doors.set_password(hash_password("a long password"))
    house = open_house(paper, "127.0.0.1", lambda: NOW)
    await change_password(house, "here", "a long password", "another password")
    assert store.doors.sessions() == []
    house.desk.close()
