"""Processes that decode images: a hostile one can cost its process, never the paper."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import asynccontextmanager

from broadsheet.errors import ImageError
from broadsheet.model import CopiedImage, ImageBounds
from broadsheet.pipeline.workers import open_pool, patience

PATIENCE_S = 60
"""Seconds of processor time; the slowest variant of the largest image takes half of it."""

BASE_BYTES = 1 << 30
PIXEL_BYTES = 24
"""An image is held several times over while it is turned and coded anew."""


class Decoders:
    """At most `count` images are decoded at a time, each in a process that does nothing else meanwhile."""

    def __init__(self, count: int, bounds: ImageBounds, patience_s: int = PATIENCE_S) -> None:
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
        decoder = await self._idle.get()
        try:
            decoder = decoder or self._open()
            loop = asyncio.get_running_loop()
            made = await loop.run_in_executor(decoder, _copied, body, self._bounds, self._patience_s)
        except BrokenProcessPool:
            decoder = None
            raise ImageError("worker-died", "it ended the process that decoded it") from None
        finally:
            self._idle.put_nowait(decoder)
        if isinstance(made, CopiedImage):
            return made
        raise ImageError(*made)

    def close(self) -> None:
        """End the processes that are idle."""
        while not self._idle.empty():
            decoder = self._idle.get_nowait()
            if decoder is not None:
                decoder.shutdown(cancel_futures=True)

    def _open(self) -> ProcessPoolExecutor:
        return open_pool(1, "broadsheet.imaging", BASE_BYTES + PIXEL_BYTES * self._bounds.max_pixels)


@asynccontextmanager
async def open_decoders(count: int, bounds: ImageBounds, patience_s: int = PATIENCE_S) -> AsyncIterator[Decoders]:
    """Have decoders for a while; they start when the first image arrives."""
    decoders = Decoders(count, bounds, patience_s)
    try:
        yield decoders
    finally:
        decoders.close()


def _copied(body: bytes, bounds: ImageBounds, patience_s: int) -> CopiedImage | tuple[str, str]:
    """Make a copy, or say why not: the reason and the cause."""
    from broadsheet.imaging import copy_image

    with patience(patience_s):
        try:
            return copy_image(body, bounds)
        except ImageError as error:
            return error.reason, str(error)
