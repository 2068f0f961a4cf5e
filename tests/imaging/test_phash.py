"""Images that look alike have hashes that are near."""

from PIL import Image
from tests.imaging.pictures import coded, drawn, opened

from broadsheet.imaging.phash import perceptual_hash


def distance(one: Image.Image, other: Image.Image) -> int:
    return (int(perceptual_hash(one), 16) ^ int(perceptual_hash(other), 16)).bit_count()


def test_a_smaller_and_coarser_copy_is_near() -> None:
    image = drawn((1200, 800))
    copy = opened(coded(image.resize((300, 200)), "webp", quality=60))
    assert distance(image, copy) <= 6


def test_another_image_is_far() -> None:
    image = drawn((320, 240))
    assert distance(image, image.rotate(180)) >= 20


def test_a_hash_has_sixteen_digits_whatever_the_image() -> None:
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"):
        assert len(perceptual_hash(Image.new(mode, (1, 1)))) == 16
