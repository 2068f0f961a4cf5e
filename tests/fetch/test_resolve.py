import asyncio
import socket
import threading

import pytest

from broadsheet.fetch.resolve import Resolver


@pytest.fixture
async def resolver() -> Resolver:
    return Resolver(threads=4)


async def test_a_host_is_looked_up(resolver: Resolver) -> None:
    (first, *_) = await resolver.resolve("localhost", 80, socket.AF_INET)
    assert (first["host"], first["port"], first["family"]) == ("127.0.0.1", 80, socket.AF_INET)
    await resolver.close()


@pytest.mark.parametrize("host", ["no-such-host.invalid", "x" * 70 + ".example", "a..example"])
async def test_a_host_without_an_address_is_an_os_error(resolver: Resolver, host: str) -> None:
    with pytest.raises(OSError, match=r"."):
        await resolver.resolve(host)
    await resolver.close()


async def test_a_slow_name_server_delays_only_who_asks_it(
    resolver: Resolver, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered = threading.Event()
    look_up = socket.getaddrinfo

    def slow(host: str, *rest: int) -> object:
        if host == "slow.example":
            answered.wait(5)
        return look_up("127.0.0.1", *rest)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    waiting = asyncio.create_task(resolver.resolve("slow.example"))
    async with asyncio.timeout(2):
        await asyncio.gather(*(resolver.resolve(f"{number}.example") for number in range(20)))
    assert not waiting.done()
    answered.set()
    await waiting
    await resolver.close()
