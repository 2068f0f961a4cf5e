"""Any bytes are an image that is kept or an ImageError; what is kept says nothing of its maker and is kept alike."""

import sys

import atheris

with atheris.instrument_imports(include=["broadsheet.imaging"]):
    from broadsheet.errors import ImageError
    from broadsheet.imaging import copy_image
    from broadsheet.model import ImageBounds

BOUNDS = ImageBounds(max_pixels=1_000_000)


def check(data: bytes) -> None:
    """Hold the promises of `copy_image`."""
    try:
        copied = copy_image(data, BOUNDS)
    except ImageError:
        return
    assert b"Exif\0\0" not in copied.body[:64], "EXIF stayed"
    again = copy_image(copied.body, BOUNDS)
    size = (copied.copy.kind, copied.copy.width, copied.copy.height)
    assert (again.copy.kind, again.copy.width, again.copy.height) == size, "the copy is another image"


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
