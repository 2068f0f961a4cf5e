"""Processes that decode images: a hostile one can cost its process, never the paper."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager
from typing import NamedTuple, TypeVar

from broadsheet.errors import ImageError
from broadsheet.model import CopiedImage, ImageBounds
from broadsheet.pipeline.workers.pool import open_pool, patience

PATIENCE_S = 60
"""Seconds of processor time; the slowest variant of the largest image takes half of it."""

BASE_BYTES = 1 << 30
PIXEL_BYTES = 24
"""An image is held several times over while it is turned and coded anew."""


T = TypeVar("T")


class Refused(NamedTuple):
    """An ImageError on its way between processes."""

    reason: str
    cause: str


class Decoders:
    """At most `count` images are decoded at a time, each in a process that does nothing else meanwhile."""

    def __init__(self, count: int, bounds: ImageBounds, patience_s: float = PATIENCE_S) -> None:
        self._bounds = bounds
        self._patience_s = patience_s
        self._idle: asyncio.LifoQueue[ProcessPoolExecutor | None] = asyncio.LifoQueue()
        for _ in range(count):
            self._idle.put_nowait(None)

    async def copy(self, body: bytes) -> CopiedImage:
        """Make the copy of an image that is kept.

        Raises:
            ImageError: as `imaging.copy_image`, or "worker-died": it needs more time or memory than it may have.
        """
        return await self._make(_copied, body)

    async def variants(self, body: bytes) -> dict[str, bytes]:
        """Make the variants of a copy, by kind.

        Raises:
            ImageError: as `copy`.
        """
        return await self._make(_varied, body)

    async def _make(self, make: Callable[[bytes, ImageBounds, float], T | Refused], body: bytes) -> T:
        decoder = await self._idle.get()
        try:
            decoder = decoder or self._open()
            loop = asyncio.get_running_loop()
            made = await loop.run_in_executor(decoder, make, body, self._bounds, self._patience_s)
        except BrokenProcessPool:
            decoder = None
            raise ImageError("worker-died", "it ended the process that decoded it") from None
        finally:
            self._idle.put_nowait(decoder)
        if isinstance(made, Refused):
            raise ImageError(made.reason, made.cause)
        return made

    def close(self) -> None:
        """End the processes that are idle."""
        while not self._idle.empty():
            decoder = self._idle.get_nowait()
            if decoder is not None:
                decoder.shutdown(cancel_futures=True)

    def _open(self) -> ProcessPoolExecutor:
        return open_pool(1, "broadsheet.imaging", BASE_BYTES + PIXEL_BYTES * self._bounds.max_pixels)


@asynccontextmanager
async def open_decoders(count: int, bounds: ImageBounds, patience_s: float = PATIENCE_S) -> AsyncIterator[Decoders]:
    """Have decoders for a while; they start when the first image arrives."""
    decoders = Decoders(count, bounds, patience_s)
    try:
        yield decoders
    finally:
        decoders.close()


def _copied(body: bytes, bounds: ImageBounds, patience_s: float) -> CopiedImage | Refused:
    from broadsheet.imaging import copy_image

    return _bounded(copy_image, body, bounds, patience_s)


def _varied(body: bytes, bounds: ImageBounds, patience_s: float) -> dict[str, bytes] | Refused:
    from broadsheet.imaging import make_variants

    return _bounded(make_variants, body, bounds, patience_s)


def _bounded(
    make: Callable[[bytes, ImageBounds], T], body: bytes, bounds: ImageBounds, patience_s: float
) -> T | Refused:
    with patience(patience_s):
        try:
            return make(body, bounds)
        except ImageError as error:
            return Refused(error.reason, str(error))
