"""Decoding in processes of their own: a hostile image costs its process, and the next one works."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest
from tests.imaging.pictures import picture, png_of

from broadsheet.errors import ImageError
from broadsheet.imaging import copy_image
from broadsheet.model import ImageBounds
from broadsheet.pipeline.workers import decoders as module
from broadsheet.pipeline.workers.decoders import Decoders, open_decoders
from broadsheet.pipeline.workers.pool import patience

BOUNDS = ImageBounds()


@pytest.fixture
async def decoders() -> AsyncIterator[Decoders]:
    async with open_decoders(2, BOUNDS) as opened:
        yield opened


async def test_a_copy_comes_back_whole(decoders: Decoders) -> None:
    body = picture("webp")
    assert await decoders.copy(body) == copy_image(body, BOUNDS)


async def test_a_refusal_comes_back_as_one(decoders: Decoders) -> None:
    with pytest.raises(ImageError, match="pixels") as caught:
        await decoders.copy(png_of(50_000, 50_000))
    assert caught.value.reason == "too-large"


async def test_variants_of_a_copy_come_back() -> None:
    async with open_decoders(1, ImageBounds(formats=("webp",))) as decoders:
        assert list(await decoders.variants(picture("png", size=(300, 200)))) == ["webp"]
        with pytest.raises(ImageError, match="no kind of image"):
            await decoders.variants(b"")


def die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


async def test_a_process_that_dies_costs_its_image_alone(decoders: Decoders, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(module, "_copied", die)
        with pytest.raises(ImageError) as caught:
            await decoders.copy(b"")
        assert caught.value.reason == "worker-died"
    assert (await decoders.copy(picture())).copy.kind == "jpg"


def spin(*_: object) -> None:
    with patience(0.2):
        while True:
            pass


async def test_an_image_that_takes_too_long_is_given_up(decoders: Decoders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_copied", spin)
    with pytest.raises(ImageError) as caught:
        await decoders.copy(b"")
    assert caught.value.reason == "worker-died"


def take_memory(*_: object) -> module.Refused:
    try:
        return module.Refused("took", str(len(bytes(4 << 30))))
    except MemoryError:
        return module.Refused("refused", "no memory")


async def test_a_process_has_only_so_much_memory(decoders: Decoders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_copied", take_memory)
    with pytest.raises(ImageError) as caught:
        await decoders.copy(b"")
    assert caught.value.reason == "refused"


async def test_the_largest_image_that_is_allowed_fits_into_that_memory() -> None:
    bounds = ImageBounds(formats=("webp",))
    async with open_decoders(1, bounds) as decoders:
        made = await decoders.copy(picture("png", size=(8000, 5000), compress_level=1))
    assert (made.copy.width, made.copy.height) == (8000, 5000)


async def test_images_are_decoded_side_by_side_but_no_more_than_so_many(decoders: Decoders) -> None:
    made = await asyncio.gather(*(decoders.copy(picture(size=(60 + n, 40))) for n in range(6)))
    assert [one.copy.width for one in made] == [60, 61, 62, 63, 64, 65]


# What runs in such a process, called here: the processes themselves are not watched for coverage.


def test_a_decoder_makes_copies_and_variants_and_says_why_not() -> None:
    bounds = ImageBounds(formats=("webp",))
    body = picture("png", size=(300, 200))
    assert module._copied(body, bounds, 60) == copy_image(body, bounds)
    made = module._varied(body, bounds, 60)
    assert isinstance(made, dict)
    assert list(made) == ["webp"]
    refused = module._copied(png_of(50_000, 50_000), bounds, 60)
    assert isinstance(refused, module.Refused)
    assert refused.reason == "too-large"
    assert signal.getitimer(signal.ITIMER_PROF) == (0.0, 0.0)
