"""A perceptual hash: images that look alike have hashes that differ in few of their 64 bits."""

from functools import cache
from math import cos, pi
from statistics import median

from PIL import Image

SIDE = 32
KEPT = 8


def perceptual_hash(image: Image.Image) -> str:
    """Hash the coarse structure of an image: 64 bits as 16 hexadecimal digits.

    The 8 by 8 lowest frequencies (DCT-II) of the image in grey, 32 by 32 pixels; a bit is set where one is above
    their median (the "pHash" of Zauner, 2010, section 3.2.1).
    """
    grey = image.convert("L").resize((SIDE, SIDE), Image.Resampling.LANCZOS, reducing_gap=2)
    pixels = grey.tobytes()
    rows = [_lowest(pixels[start : start + SIDE]) for start in range(0, SIDE * SIDE, SIDE)]
    columns = [_lowest([row[x] for row in rows]) for x in range(KEPT)]
    values = [columns[x][y] for y in range(KEPT) for x in range(KEPT)]
    middle = median(values[1:])
    bits = 0
    for value in values:
        bits = bits << 1 | (value > middle)
    return f"{bits:016x}"


def _lowest(line: "bytes | list[float]") -> list[float]:
    return [sum(map(float.__mul__, wave, map(float, line))) for wave in _waves()]


@cache
def _waves() -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(cos(pi * k * (2 * n + 1) / (2 * SIDE)) for n in range(SIDE)) for k in range(KEPT))
