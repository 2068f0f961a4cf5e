"""Draws the sample edition's pictures: halftone plates made from a few polygons, with no help but zlib.

`python -m broadsheet.demo.draw FOLDER` writes all of them. They are committed, so nothing draws at run time.
"""

import math
import struct
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

WIDTH, HEIGHT = 1200, 675
CELL: Final = 12
INK, DARK, MIDDLE, LIGHT, PAPER = 0.97, 0.82, 0.5, 0.26, 0.06

Point = tuple[float, float]
Polygon = list[Point]
Plate = list[bytearray]


def sky(top: float, bottom: float) -> Plate:
    """Make a plate whose ink runs from `top` to `bottom`, in shares of full black (0 to 1)."""
    shades = (top + (bottom - top) * row / HEIGHT for row in range(HEIGHT))
    return [bytearray([round(255 * shade)]) * WIDTH for shade in shades]


def fill(plate: Plate, tone: float, *shapes: Polygon) -> None:
    """Fill polygons (pixels, even-odd rule) with one tone (0 to 1)."""
    for shape in shapes:
        rows = [y for _, y in shape]
        for row in range(max(0, math.floor(min(rows))), min(HEIGHT, math.ceil(max(rows)))):
            for left, right in _runs(shape, row + 0.5):
                plate[row][left:right] = bytes([round(255 * tone)]) * (right - left)


def _runs(shape: Polygon, y: float) -> Iterator[tuple[int, int]]:
    edges = zip(shape, shape[1:] + shape[:1], strict=True)
    cuts = sorted(x0 + (y - y0) * (x1 - x0) / (y1 - y0) for (x0, y0), (x1, y1) in edges if (y0 <= y) != (y1 <= y))
    for left, right in zip(cuts[::2], cuts[1::2], strict=True):
        start, end = max(0, round(left)), min(WIDTH, round(right))
        if start < end:
            yield start, end


def box(x: float, y: float, width: float, height: float) -> Polygon:
    """Make a rectangle."""
    return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]


def arc(x: float, y: float, radius: float, start: float, end: float) -> list[Point]:
    """Make the points of an arc between two angles in degrees, clockwise from the right where `end` is greater."""
    steps = 72
    angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
    return [(x + radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]


def disc(x: float, y: float, radius: float) -> Polygon:
    """Make a disc."""
    return arc(x, y, radius, 0, 360)


def line(points: Iterable[Point], width: float) -> Iterator[Polygon]:
    """Make a stroke through points, one polygon for each stretch."""
    for (x0, y0), (x1, y1) in pairwise(points):
        length = math.hypot(x1 - x0, y1 - y0)
        dx, dy = (y1 - y0) / length * width / 2, (x0 - x1) / length * width / 2
        yield [(x0 + dx, y0 + dy), (x1 + dx, y1 + dy), (x1 - dx, y1 - dy), (x0 - dx, y0 - dy)]


def plant() -> Plate:
    """A car plant: saw-tooth roof, two stacks, a row of cars in front."""
    plate = sky(0.12, 0.42)
    fill(plate, PAPER, disc(985, 150, 70))
    fill(plate, DARK, box(215, 95, 38, 300), box(300, 150, 34, 240))
    for tooth in range(6):
        x = 90 + tooth * 170
        fill(plate, INK, [(x, 380), (x, 265), (x + 170, 380)])
        fill(plate, LIGHT, [(x + 14, 372), (x + 14, 295), (x + 66, 330), (x + 66, 372)])
    fill(plate, INK, box(90, 378, 1020, 150))
    fill(plate, LIGHT, *(box(125 + 72 * i, 408, 46, 34) for i in range(13)))
    fill(plate, MIDDLE, box(0, 528, WIDTH, 147))
    for car in range(4):
        _car(plate, 60 + car * 290)
    return plate


def _car(plate: Plate, x: float) -> None:
    fill(plate, INK, [(x, 600), (x + 12, 562), (x + 60, 556), (x + 96, 520), (x + 172, 520), (x + 206, 558)])
    fill(plate, INK, [(x, 600), (x + 12, 562), (x + 206, 556), (x + 226, 572), (x + 228, 600)])
    fill(plate, PAPER, [(x + 76, 554), (x + 103, 530), (x + 128, 530), (x + 128, 554)], box(x + 138, 530, 32, 24))
    for wheel in (x + 52, x + 176):
        fill(plate, INK, disc(wheel, 602, 24))
        fill(plate, LIGHT, disc(wheel, 602, 10))


def wafer() -> Plate:
    """A silicon wafer on a dark bench, its dies lit from the left."""
    plate = sky(0.86, 0.7)
    fill(plate, INK, disc(628, 352, 290))
    fill(plate, LIGHT, disc(600, 337, 290))
    for row in range(-7, 8):
        for column in range(-7, 8):
            x, y = 600 + column * 38.0, 337 + row * 38.0
            if math.hypot(abs(x - 600) + 18, abs(y - 337) + 18) < 272:
                glare = math.exp(-(((x + y - 820) / 150) ** 2))
                fill(plate, 0.78 - 0.7 * glare, box(x - 16, y - 16, 32, 32))
    fill(plate, DARK, [(585, 634), (600, 612), (615, 634)])
    return plate


def harbour() -> Plate:
    """Two cranes over a container ship at its berth."""
    plate = sky(0.08, 0.36)
    fill(plate, 0.62, box(0, 540, WIDTH, 135))
    fill(plate, LIGHT, *(box(40 + 230 * i, 575 + 24 * (i % 3), 150, 6) for i in range(5)))
    fill(plate, INK, [(140, 470), (1090, 470), (1030, 560), (210, 560)], box(930, 350, 90, 120))
    fill(plate, PAPER, *(box(942 + 26 * i, 366, 16, 16) for i in range(3)))
    for stack in range(10):
        for level in range(2 + (stack * 7) % 3):
            tone = (DARK, MIDDLE, LIGHT)[(stack + 2 * level) % 3]
            fill(plate, tone, box(205 + stack * 70, 432 - level * 40, 64, 36))
    for x in (330.0, 700.0):
        legs = [(x, 540), (x, 120)], [(x + 90, 540), (x + 90, 120)], [(x - 250, 190), (x + 200, 190)]
        top = (x + 45, 60)
        stays = [top, (x - 240, 186)], [top, (x + 190, 186)], [(x, 120), top, (x + 90, 120)]
        fill(plate, INK, *(stroke for leg in legs for stroke in line(leg, 16)))
        fill(plate, INK, *(stroke for stay in stays for stroke in line(stay, 6)))
        fill(plate, INK, *line([(x - 130, 190), (x - 130, 300)], 4), box(x - 162, 300, 64, 36))
    return plate


def bridge() -> Plate:
    """An old stone bridge with three arches, and its reflection."""
    plate = sky(0.05, 0.3)
    fill(plate, 0.4, [(0, 330), (220, 240), (470, 310), (760, 225), (1200, 325), (1200, 420), (0, 420)])
    fill(plate, 0.58, box(0, 430, WIDTH, 245))
    fill(plate, INK, [(0, 330), (600, 270), (1200, 330), (1200, 436), (0, 436)])
    for x, radius in ((225, 104), (600, 136), (975, 104)):
        fill(plate, LIGHT, arc(x, 436, radius, 180, 360))
        fill(plate, 0.38, arc(x, 442, radius, 0, 180))
    fill(plate, INK, *(box(20 + 48 * i, 302 - 2.4 * (24 - abs(2 * i - 24)), 7, 34) for i in range(25)))
    fill(plate, INK, *line([(0, 302), (600, 242), (1200, 302)], 7))
    fill(plate, LIGHT, *(box(70 + 190 * (i % 6) + 60 * (i // 6), 606 + 24 * (i // 6), 120, 5) for i in range(15)))
    return plate


def press() -> Plate:
    """A rotary press: a web of paper running over three cylinders, a stack of papers beside it."""
    plate = sky(0.34, 0.66)
    fill(plate, INK, box(60, 560, 1080, 50), box(110, 100, 36, 460), box(806, 100, 36, 460))
    for x, y in ((250, 250), (470, 375), (690, 250)):
        fill(plate, INK, disc(x, y, 104))
        fill(plate, LIGHT, disc(x, y, 84))
        fill(plate, MIDDLE, disc(x + 10, y + 10, 66))
        fill(plate, INK, disc(x, y, 20))
    over = arc(250, 250, 119, 250, 370), arc(470, 375, 119, 190, -10), arc(690, 250, 119, 170, 320)
    web = [(0, 212), *over[0], *over[1], *over[2], (905, 420)]
    fill(plate, INK, *line(web, 36))
    fill(plate, PAPER, *line(web, 24))
    for sheet in range(9):
        fill(plate, INK, box(880 + 5 * (sheet % 2), 544 - 14 * sheet, 230, 16))
        fill(plate, PAPER, box(883 + 5 * (sheet % 2), 546 - 14 * sheet, 224, 10))
    return plate


def chart() -> Plate:
    """Daily candles on ruled paper, the last one taller than all."""
    plate = sky(0.04, 0.1)
    fill(plate, MIDDLE, *(box(70, 90 + 90 * i, 1060, 3) for i in range(6)))
    opened, closed = (410, 455, 430, 465, 498, 480, 508, 525, 505), (450, 428, 470, 498, 478, 515, 527, 500, 530)
    for day, (start, end) in enumerate(zip(opened, closed, strict=True)):
        x, top, body = 130 + day * 100, min(start, end), abs(end - start) + 4
        fill(plate, INK, box(x + 27, top - 24, 6, body + 48), box(x, top, 60, body))
        fill(plate, PAPER if end < start else INK, box(x + 7, top + 7, 46, body - 14))
    fill(plate, INK, box(1057, 110, 6, 420), box(1030, 245, 60, 280))
    fill(plate, PAPER, box(1037, 252, 46, 266))
    return plate


def climb() -> Plate:
    """A price over one day: flat all morning, then up, and back a little before the close."""
    plate = sky(0.06, 0.2)
    fill(plate, MIDDLE, *(box(70, 120 + 110 * i, 1060, 3) for i in range(5)))
    heights = (520, 512, 524, 515, 520, 506, 512, 300, 190, 230, 150, 205, 240, 228, 262)
    points = [(80 + 74 * step, height) for step, height in enumerate(heights)]
    fill(plate, LIGHT, [*points, (points[-1][0], 620), (points[0][0], 620)])
    fill(plate, INK, *line(points, 9), *(disc(x, y, 7) for x, y in points), box(70, 620, 1060, 6))
    return plate


def shop() -> Plate:
    """The shelves of a shop: boxes, cans and screens, a counter before them."""
    plate = sky(0.12, 0.3)
    for row in range(3):
        below = 190 + 150 * row
        fill(plate, INK, box(80, below, 1040, 12))
        for place in range(9):
            height = 52 + 13 * ((3 * place + 5 * row) % 5)
            x, tone = 104 + 114 * place, (DARK, MIDDLE, LIGHT)[(place + row) % 3]
            fill(plate, INK, box(x, below - height, 80, height))
            fill(plate, tone, box(x + 6, below - height + 6, 68, height - 12))
            fill(plate, PAPER, disc(x + 40, below - height / 2, 12))
    fill(plate, INK, box(60, 540, 1080, 30), box(90, 570, 1020, 105))
    fill(plate, DARK, box(120, 590, 960, 85))
    return plate


PLATES: Final[dict[str, Callable[[], Plate]]] = {
    "bridge.png": bridge,
    "chart.png": chart,
    "climb.png": climb,
    "harbour.png": harbour,
    "plant.png": plant,
    "press.png": press,
    "shop.png": shop,
    "wafer.png": wafer,
}


def _screen() -> list[list[int]]:
    """Thresholds of a 45-degree round-dot screen, 1 to 254, one period of `CELL` pixels each way."""
    turn = 2 * math.pi / CELL
    wave = [[math.cos(turn * (x + y)) + math.cos(turn * (x - y)) for x in range(CELL)] for y in range(CELL)]
    ranks = sorted({round(height, 6) for row in wave for height in row}, reverse=True)
    return [[1 + 253 * ranks.index(round(height, 6)) // len(ranks) for height in row] for row in wave]


def halftone(plate: Plate) -> bytes:
    """Turn tones into dots: rows of a 1-bit PNG, each with its filter byte, white where there is no ink."""
    screen = _screen()
    across = [[row[x % CELL] for x in range(WIDTH)] for row in screen]
    rows = bytearray()
    for y, tones in enumerate(plate):
        bits = "".join("0" if tone >= limit else "1" for tone, limit in zip(tones, across[y % CELL], strict=True))
        rows += b"\0" + int(bits, 2).to_bytes(WIDTH // 8, "big")
    return bytes(rows)


def png(rows: bytes) -> bytes:
    """Pack 1-bit rows as a PNG of ink on paper (palette #f2f1ea and #1b1c1e)."""
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 1, 3, 0, 0, 0)
    palette = bytes.fromhex("1b1c1ef2f1ea")
    chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def main(folder: Path) -> None:
    """Draw every plate into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, draw in PLATES.items():
        (folder / name).write_bytes(png(halftone(draw())))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
