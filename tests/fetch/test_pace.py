import asyncio
from collections.abc import Sequence

import pytest

from broadsheet.fetch.pace import Pace


class VirtualTime:
    """A clock that jumps to the next sleeper's time whenever everybody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        future = asyncio.get_running_loop().create_future()
        self._sleepers.append((self.now + seconds, len(self._sleepers), future))
        await future

    async def run(self, *visits: asyncio.Task[None]) -> None:
        while not all(visit.done() for visit in visits):
            for _ in range(20):
                await asyncio.sleep(0)
            if self._sleepers:
                self._sleepers.sort(key=lambda sleeper: sleeper[:2])
                wake, _, future = self._sleepers.pop(0)
                self.now = max(self.now, wake)
                future.set_result(None)
        await asyncio.gather(*visits)


class Visitors:
    def __init__(self, per_host: int, spacing_s: float) -> None:
        self.time = VirtualTime()
        self.pace = Pace(per_host, spacing_s, self.time.clock, self.time.sleep)
        self.starts: list[tuple[str, int, float]] = []
        self.inside = 0
        self.most = 0

    async def visit(self, host: str, number: int, stay_s: float) -> None:
        async with self.pace.turn(host):
            self.starts.append((host, number, self.time.now))
            self.inside += 1
            self.most = max(self.most, self.inside)
            await self.time.sleep(stay_s)
            self.inside -= 1

    async def all(self, hosts: Sequence[str], stay_s: float) -> list[float]:
        visits = [asyncio.create_task(self.visit(host, number, stay_s)) for number, host in enumerate(hosts)]
        await self.time.run(*visits)
        return [start for _, _, start in self.starts]


async def test_starts_at_one_host_are_spaced() -> None:
    assert await Visitors(2, 1.0).all(["a.example"] * 4, 0.1) == [0.0, 1.0, 2.0, 3.0]


async def test_few_are_at_one_host_at_a_time() -> None:
    visitors = Visitors(2, 1.0)
    assert await visitors.all(["a.example"] * 5, 10.0) == [0.0, 1.0, 10.0, 11.0, 20.0]
    assert visitors.most == 2


async def test_turns_come_in_order() -> None:
    visitors = Visitors(1, 1.0)
    await visitors.all(["a.example"] * 9, 3.0)
    assert [number for _, number, _ in visitors.starts] == list(range(9))


async def test_hosts_do_not_wait_for_each_other() -> None:
    assert await Visitors(2, 1.0).all(["a.example", "b.example", "c.example"], 5.0) == [0.0, 0.0, 0.0]


async def test_a_host_is_one_host_however_it_is_written() -> None:
    assert await Visitors(2, 1.0).all(["a.example", "A.Example", "a.example."], 0.1) == [0.0, 1.0, 2.0]


@pytest.mark.parametrize("host", ["localhost", "feeds.localhost", "127.0.0.1", "::1", "[::1]"])
async def test_this_machine_needs_no_spacing(host: str) -> None:
    assert await Visitors(2, 1.0).all([host] * 4, 3.0) == [0.0, 0.0, 3.0, 3.0]


async def test_spacing_can_be_none() -> None:
    assert await Visitors(2, 0.0).all(["a.example"] * 3, 1.0) == [0.0, 0.0, 1.0]


async def test_a_visitor_who_gives_up_leaves_the_turn_to_the_next() -> None:
    visitors = Visitors(1, 1.0)
    first, second, third = (asyncio.create_task(visitors.visit("a.example", n, 5.0)) for n in range(3))
    await asyncio.sleep(0)
    second.cancel()
    await visitors.time.run(first, third)
    assert [number for _, number, _ in visitors.starts] == [0, 2]


async def test_a_visit_that_fails_leaves_the_turn_to_the_next() -> None:
    pace = Pace(1, 0.0)
    with pytest.raises(RuntimeError):
        async with pace.turn("a.example"):
            raise RuntimeError
    async with asyncio.timeout(1), pace.turn("a.example"):
        pass


async def test_hosts_left_alone_are_forgotten() -> None:
    visitors = Visitors(2, 1.0)
    await visitors.all([f"{number}.example" for number in range(1000)], 0.1)
    visitors.time.now += 10
    async with visitors.pace.turn("a.example"):
        assert len(visitors.pace._hosts) == 1


async def test_spacing_counts_from_when_a_shared_seat_is_free() -> None:
    visitors = Visitors(2, 5.0)
    seats = asyncio.Semaphore(1)
    starts: list[tuple[str, float]] = []

    async def visit(host: str) -> None:
        async with visitors.pace.turn(host, seats):
            starts.append((host, visitors.time.now))
            await visitors.time.sleep(20.0)

    await visitors.time.run(*(asyncio.create_task(visit(host)) for host in ("b.example", "a.example", "a.example")))
    assert starts == [("b.example", 0.0), ("a.example", 20.0), ("a.example", 40.0)]
    assert not seats.locked()


async def test_a_host_that_is_put_off_is_left_alone_so_long() -> None:
    visitors = Visitors(2, 1.0)
    first = asyncio.create_task(visitors.visit("a.example", 0, 0.1))
    second = asyncio.create_task(visitors.visit("a.example", 1, 0.1))
    await asyncio.sleep(0)
    visitors.pace.put_off("a.example", 5.0)
    visitors.pace.put_off("a.example", 2.0)
    visitors.pace.put_off("nobody.example", 9.0)
    await visitors.time.run(first, second)
    assert [at for *_, at in visitors.starts] == [0.0, 5.0]


async def test_a_visit_that_fails_gives_its_seat_back() -> None:
    pace, seats = Pace(1, 0.0), asyncio.Semaphore(1)
    with pytest.raises(RuntimeError):
        async with pace.turn("a.example", seats):
            raise RuntimeError
    assert not seats.locked()
