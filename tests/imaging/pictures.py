"""Pictures of every kind, drawn by the tests themselves."""

import zlib
from io import BytesIO

from PIL import Image, ImageDraw

MAKER = "Camera of a stranger"
KINDS = {"jpg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP", "avif": "AVIF", "bmp": "BMP"}


def drawn(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """A picture that looks different from every side: its upper left corner is red."""
    across = Image.linear_gradient("L").rotate(90).resize(size)
    image = Image.merge("RGB", (across, Image.linear_gradient("L").resize(size), Image.new("L", size, 90)))
    brush, (wide, high) = ImageDraw.Draw(image), size
    for n in range(12):
        x, y, r = wide * (n * 37 % 83) // 83, high * (n * 29 % 71) // 71, 1 + wide * (n % 4) // 12
        brush.ellipse((x - r, y - r, x + r, y + r), (n * 20, 255 - n * 17, n * 83 % 255))
    image.paste((255, 0, 0), (0, 0, wide // 3, high // 3))
    return image.convert(mode)


def coded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    image.save(out, KINDS[kind], **options)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """EXIF that names a maker and a place, as a camera writes it."""
    found = Image.Exif()
    found[0x010F] = MAKER
    found[0x0112] = orientation
    return found


def picture(kind: str = "jpg", size: tuple[int, int] = (64, 48), **options: object) -> bytes:
    return coded(drawn(size), kind, **options)


def animation(kind: str, frames: int = 3) -> bytes:
    first, *rest = [drawn().rotate(90 * turn) for turn in range(frames)]
    return coded(first, kind, save_all=True, append_images=rest, duration=100, loop=0)


def chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG file."""
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


def png_of(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A PNG file whose header says so many pixels, whatever follows."""
    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")


def opened(body: bytes) -> Image.Image:
    image = Image.open(BytesIO(body))
    image.load()
    return image
