"""Stripping takes what is not shown and leaves every pixel."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin
from tests.imaging.pictures import MAKER, animation, coded, drawn, exif, opened, picture

from broadsheet.errors import ImageError
from broadsheet.imaging.strip import strip

PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + MAKER.encode() + b"</x:xmpmeta>"


def talkative(kind: str) -> bytes:
    """A picture that says more than it shows, in every way its kind has."""
    if kind == "png":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", MAKER)
        notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
        return coded(drawn(), kind, exif=exif(), pnginfo=notes, icc_profile=PROFILE)
    if kind == "gif":
        return coded(drawn(), kind, comment=MAKER.encode())
    options: dict[str, object] = {"exif": exif(), "xmp": XMP, "icc_profile": PROFILE}
    return coded(drawn(), kind, **options, **({"comment": MAKER.encode()} if kind == "jpg" else {}))


@pytest.mark.parametrize("kind", ["jpg", "png", "gif", "webp"])
def test_nothing_is_left_of_the_maker_and_every_pixel_stays(kind: str) -> None:
    body = talkative(kind)
    assert MAKER.encode() in body
    stripped = strip(kind, body)
    assert MAKER.encode() not in stripped
    assert opened(stripped).tobytes() == opened(body).tobytes()
    assert opened(stripped).info.get("icc_profile") == opened(body).info.get("icc_profile")


@pytest.mark.parametrize("kind", ["jpg", "png", "gif", "webp"])
def test_what_follows_the_image_is_cut_off(kind: str) -> None:
    body = picture(kind)
    assert strip(kind, body + b"<script>alert(1)</script>") == strip(kind, body)


@pytest.mark.parametrize("kind", ["jpg", "png", "gif", "webp"])
def test_stripping_twice_changes_nothing(kind: str) -> None:
    once = strip(kind, talkative(kind))
    assert strip(kind, once) == once


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
def test_an_animation_keeps_its_frames(kind: str) -> None:
    body = animation(kind)
    stripped = opened(strip(kind, body))
    assert getattr(stripped, "n_frames", 1) == 3
    assert stripped.info.get("loop") == opened(body).info.get("loop")


def test_a_gif_may_have_a_table_of_colours_for_each_image() -> None:
    body = animation("gif")
    first, second = drawn(), drawn().rotate(180)
    second.paste((1, 2, 250), (0, 0, 40, 40))
    body = coded(first, "gif", save_all=True, append_images=[second], include_color_table=True)
    assert strip("gif", body) == body


def test_a_progressive_jpeg_keeps_its_scans_and_a_cmyk_one_its_colours() -> None:
    for body in (
        picture("jpg", progressive=True),
        coded(drawn(mode="CMYK"), "jpg"),
        picture("jpg", size=(640, 480), restart_marker_blocks=4),
    ):
        assert opened(strip("jpg", body)).tobytes() == opened(body).tobytes()


def test_a_second_picture_behind_a_jpeg_goes() -> None:
    first, second = drawn(), Image.new("RGB", (64, 48), "blue")
    out = BytesIO()
    first.save(out, "MPO", save_all=True, append_images=[second])
    stripped = strip("jpg", out.getvalue())
    assert b"MPF\0" not in stripped
    assert stripped.count(b"\xff\xd9") == 1


def test_a_thumbnail_in_the_head_of_a_jpeg_goes() -> None:
    body = picture("jpg")
    thumbnail = b"\x01\x01" + MAKER[:3].encode()
    longer = body[:4] + (16 + 3).to_bytes(2, "big") + body[6:18] + thumbnail + body[20:]
    longer = body[:2] + b"\xff\xe0" + longer[4:]
    assert opened(longer).size == (64, 48)
    assert strip("jpg", longer) == strip("jpg", body)


@pytest.mark.parametrize("kind", ["gif", "png"])
def test_an_end_that_is_missing_is_added(kind: str) -> None:
    body = strip(kind, picture(kind))
    ends = {"gif": 1, "png": 12}
    assert strip(kind, body[: -ends[kind]]) == body


def test_bytes_between_the_blocks_of_a_gif_go() -> None:
    body = strip("gif", picture("gif"))
    assert strip("gif", body[:-1] + b"\0\x99;") == body


def test_a_kind_that_cannot_be_stripped_comes_back() -> None:
    assert strip("avif", b"any") == b"any"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0"),
        ("jpg", b"\xff\xd8\xff\xe0\0\0"),
        ("jpg", b"\xff\xd8\xff\xd8\xff\xd8\0\5aaa"),
        ("jpg", b"\xff\xd8" + bytes(30)),
        ("png", b"\x89PNG\r\n\x1a\n\x7f\xff\xff\xffIDAT"),
        ("gif", b"GIF89a\1\0\1\0\0\0\0" + b"\x2c"),
        ("gif", b"GIF89a\1"),
        ("webp", b"RIFF\xff\0\0\0WEBPVP8 \x40\0\0\0"),
    ],
)
def test_a_broken_structure_is_damage(kind: str, body: bytes) -> None:
    with pytest.raises(ImageError) as caught:
        strip(kind, body)
    assert caught.value.reason == "damaged"


@given(st.sampled_from(["jpg", "png", "gif", "webp"]), st.binary(max_size=200), st.integers(0, 300))
def test_any_bytes_end_in_less_or_in_damage(kind: str, tail: bytes, at: int) -> None:
    body = picture(kind)[:at] + tail
    with suppress(ImageError):
        assert len(strip(kind, body)) <= len(body) + 12
