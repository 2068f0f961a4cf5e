"""News from whoever has any to whoever listens."""

import asyncio

from broadsheet.web.house.wire import MOST_WAITING, News, Wire


async def test_everyone_who_listens_hears_all_from_then_on() -> None:
    wire = Wire()
    wire.tell("line", "before")
    with wire.listening() as one, wire.listening() as other:
        wire.tell("line", "now")
        assert one.get_nowait() == other.get_nowait() == News(kind="line", text="now")
        assert one.empty()
    wire.tell("line", "after")


async def test_who_reads_nothing_holds_nobody_up() -> None:
    wire = Wire()
    with wire.listening() as slow:
        for number in range(MOST_WAITING + 50):
            wire.tell("line", str(number))
        assert slow.qsize() == MOST_WAITING


async def test_silence_is_told_as_nothing() -> None:
    wire = Wire()
    news = wire.news(0.01)
    assert await anext(news) is None
    hearing = asyncio.ensure_future(anext(news))
    await asyncio.sleep(0)
    wire.tell("edition", "3")
    assert await hearing in {News(kind="edition", text="3"), None}
    await news.aclose()  # type: ignore[attr-defined]
