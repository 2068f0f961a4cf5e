"""The copy of an image: safe, upright, measured, and refused where it is hostile."""

from contextlib import suppress
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.imaging.pictures import KINDS, MAKER, animation, coded, drawn, exif, opened, picture, png_of

from broadsheet.errors import ImageError
from broadsheet.imaging import copy_image, make_variants
from broadsheet.model import CopiedImage, ImageBounds

BOUNDS = ImageBounds()
TURNED = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera that was held so wrote an upright picture."""


def copied(body: bytes, bounds: ImageBounds = BOUNDS) -> CopiedImage:
    """A copy, after looking whether it is what it says."""
    found = copy_image(body, bounds)
    image = opened(found.body)
    assert image.size == (found.copy.width, found.copy.height)
    assert found.copy.hash == sha256(found.body).hexdigest()
    assert found.copy.size == len(found.body)
    assert MAKER.encode() not in found.body
    assert not image.getexif()
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_kept_with_its_size(kind: str) -> None:
    copy = copied(picture(kind)).copy
    assert (copy.width, copy.height) == (64, 48)
    assert copy.kind == ("png" if kind == "bmp" else kind)
    assert len(copy.phash) == 16


@pytest.mark.parametrize("kind", ["jpg", "png", "webp", "avif"])
@pytest.mark.parametrize("orientation", TURNED)
def test_a_picture_is_turned_upright(kind: str, orientation: int) -> None:
    wanted = drawn((96, 64))
    turn = TURNED[orientation]
    held = wanted if turn is None else wanted.transpose(turn)
    found = copied(coded(held, kind, exif=exif(orientation)))
    shown = opened(found.body).convert("RGB")
    assert shown.size == wanted.size
    small, expected = (image.resize((6, 4), Image.Resampling.BOX).tobytes() for image in (shown, wanted))
    assert max(abs(a - b) for a, b in zip(small, expected, strict=True)) < 30


def test_a_picture_that_lies_right_is_not_coded_anew() -> None:
    body = picture("jpg", exif=exif())
    assert copied(body).body == picture("jpg")


@pytest.mark.parametrize("broken", [b"II*\0\xff\xff\xff\xff", b"no TIFF at all", b""])
def test_broken_exif_turns_nothing(broken: bytes) -> None:
    copy = copied(picture("jpg", exif=b"Exif\0\0" + broken)).copy
    assert (copy.width, copy.height) == (64, 48)


@pytest.mark.parametrize("kind", ["gif", "webp", "png", "avif"])
def test_an_animation_stays_one(kind: str) -> None:
    found = copied(animation(kind), ImageBounds(formats=("webp", "avif")))
    assert getattr(opened(found.body), "n_frames", 1) == 3
    assert not found.variants


def test_an_animation_that_cannot_be_stripped_is_coded_anew() -> None:
    first, *rest = [drawn().rotate(90 * turn) for turn in range(3)]
    body = coded(first, "avif", save_all=True, append_images=rest, exif=exif())
    assert getattr(opened(copied(body).body), "n_frames", 1) == 3


def test_a_cmyk_picture_keeps_its_colours_and_gets_no_variant() -> None:
    found = copied(coded(drawn(mode="CMYK"), "jpg", exif=exif(3)), ImageBounds(formats=("webp",)))
    assert opened(found.body).mode == "CMYK"
    assert not found.variants


@pytest.mark.parametrize(("kind", "mode"), [("png", "RGB"), ("png", "P"), ("png", "LA"), ("jpg", "L")])
def test_variants_are_made_where_they_are_smaller(kind: str, mode: str) -> None:
    found = copied(coded(drawn((400, 300), mode), kind), ImageBounds(formats=("webp", "avif")))
    assert set(found.variants) == set(found.copy.variants) != set()
    for wanted, body in found.variants.items():
        assert opened(body).format == KINDS[wanted]
        assert len(body) <= 0.9 * found.copy.size
    assert copied(picture("webp"), ImageBounds(formats=("webp",))).variants == {}


def test_variants_of_a_copy_are_those_that_it_would_have_got_at_first() -> None:
    bounds = ImageBounds(formats=("webp", "avif"))
    body = coded(drawn((400, 300)), "png")
    assert make_variants(copied(body).body, bounds) == copied(body, bounds).variants
    assert make_variants(animation("gif"), bounds) == {}
    with pytest.raises(ImageError):
        make_variants(body[:500], bounds)


def test_transparency_stays_through_a_turn() -> None:
    held = drawn(mode="RGBA")
    held.putalpha(Image.linear_gradient("L").resize(held.size))
    assert opened(copied(coded(held, "png", exif=exif(6))).body).mode == "RGBA"


def refusal(body: bytes, bounds: ImageBounds = BOUNDS) -> str:
    with pytest.raises(ImageError) as caught:
        copy_image(body, bounds)
    return caught.value.reason


@pytest.mark.parametrize("size", [(10_000, 10_000), (100_000, 100_000), (2**31 - 1, 2**31 - 1), (8000, 5001)])
def test_a_header_of_too_many_pixels_is_enough(size: tuple[int, int]) -> None:
    assert refusal(png_of(*size)) == "too-large"


@pytest.mark.parametrize(("most", "said"), [(1000, 1000), (200_000_000, 178_956_970)])
def test_a_bomb_is_told_by_the_bound_that_it_breaks(most: int, said: int) -> None:
    with pytest.raises(ImageError, match=f"it has more than {said} pixels"):
        copy_image(png_of(100_000, 100_000), ImageBounds(max_pixels=most))


def test_a_bomb_within_the_limit_is_decoded_only_to_its_size() -> None:
    copy = copied(png_of(1, 1, bytes(50_000_000))).copy
    assert (copy.width, copy.height) == (1, 1)


def test_too_many_bytes_are_refused_before_they_are_decoded() -> None:
    assert refusal(picture("png"), ImageBounds(max_bytes=100)) == "too-large"


@pytest.mark.parametrize("kind", KINDS)
def test_half_a_picture_is_damaged(kind: str) -> None:
    body = picture(kind, size=(300, 200))
    assert refusal(body[: len(body) // 2]) == "damaged"


def test_a_page_that_begins_as_a_picture_is_no_picture() -> None:
    assert refusal(b"GIF89a/*<script>alert(1)</script>*/=1;") == "damaged"
    assert refusal(b"\xff\xd8\xff<html><script>alert(1)</script>") == "damaged"
    assert refusal(b"<svg onload='alert(1)'/>") == "vector-image"


def test_a_copy_that_its_own_decoder_cannot_read_is_none() -> None:
    """Found by fuzzing: what one reader takes for stray bytes is an image to another."""
    body = picture("gif")
    at = body.index(b",", 13 + 3 * 256)
    assert refusal(body[: at + 9] + b"\x00\x08" + body[at + 10 : at + 30] + b"\0,\0\0;") == "damaged"


def test_a_page_behind_a_picture_is_cut_off() -> None:
    body = picture("jpg", comment=b"<script>alert(1)</script>") + b"<script>alert(2)</script>"
    assert b"<script>" not in copied(body).body


@given(st.sampled_from(sorted(KINDS)), st.integers(0, 2000), st.binary(min_size=1, max_size=8))
@settings(max_examples=200)
def test_a_picture_with_any_fault_is_kept_whole_or_refused(kind: str, at: int, fault: bytes) -> None:
    body = bytearray(picture(kind))
    at %= len(body)
    body[at : at + len(fault)] = fault
    with suppress(ImageError):
        found = copy_image(bytes(body), BOUNDS)
        assert opened(found.body).size == (found.copy.width, found.copy.height)
        assert copy_image(found.body, BOUNDS).copy.kind == found.copy.kind
