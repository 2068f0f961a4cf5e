"""What bytes are is what they begin with."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.imaging.pictures import KINDS, picture

from broadsheet.errors import ImageError
from broadsheet.imaging import kind_of


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_known_by_its_signature(kind: str) -> None:
    assert kind_of(picture(kind)) == kind


def test_an_avif_file_may_name_another_brand_first() -> None:
    assert kind_of(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif" + bytes(40)) == "avif"


@pytest.mark.parametrize(
    "body",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xef\xbb\xbf\n<?xml version='1.0'?><!-- x --><SVG/>",
        "<?xml version='1.0'?><svg/>".encode("utf-16"),
    ],
)
def test_a_vector_image_is_refused_by_name(body: bytes) -> None:
    with pytest.raises(ImageError, match="SVG") as caught:
        kind_of(body)
    assert caught.value.reason == "vector-image"


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "no kind"),
        (b"<!doctype html><title>Not found</title>", "a page"),
        (b"%PDF-1.7", "no kind"),
        (b"II*\0" + bytes(60), "no kind"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40), "no kind"),
        (b"BMX" + bytes(60), "no kind"),
    ],
)
def test_anything_else_is_no_image(body: bytes, what: str) -> None:
    with pytest.raises(ImageError, match=what) as caught:
        kind_of(body)
    assert caught.value.reason == "not-an-image"


@given(st.binary(max_size=200))
def test_any_bytes_get_an_answer(body: bytes) -> None:
    with suppress(ImageError):
        assert kind_of(body) in KINDS
