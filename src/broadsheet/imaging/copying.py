"""One image: checked, freed of what it says about its maker, turned upright, measured."""

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    WebPImagePlugin,
)

from broadsheet.errors import ImageError
from broadsheet.imaging.magic import kind_of
from broadsheet.imaging.phash import perceptual_hash
from broadsheet.imaging.strip import strip
from broadsheet.model import CopiedImage, ImageBounds, ImageCopy

FORMATS: Mapping[str, str] = {
    "jpg": JpegImagePlugin.JpegImageFile.format,
    "png": PngImagePlugin.PngImageFile.format,
    "gif": GifImagePlugin.GifImageFile.format,
    "webp": WebPImagePlugin.WebPImageFile.format,
    "avif": AvifImagePlugin.AvifImageFile.format,
    "bmp": BmpImagePlugin.BmpImageFile.format,
}
"""What Pillow calls each kind; importing its modules here keeps it from importing all the others."""

SAVED: Mapping[str, Mapping[str, object]] = {
    "jpg": {"quality": 92, "optimize": True, "progressive": True},
    "png": {"optimize": True},
    "webp": {"quality": 90},
    "avif": {"quality": 80, "speed": 8},
}
VARIANTS: Mapping[str, Mapping[str, object]] = {
    "webp": {"quality": 80, "method": 4},
    "avif": {"quality": 60, "speed": 8},
}
_SILENT: Mapping[str, Mapping[str, object]] = {
    "jpg": {"comment": b""},
    "png": {},
    "webp": {"exif": b"", "xmp": b""},
    "avif": {"exif": b"", "xmp": b""},
}
WORTH = 0.9
"""A variant is kept where it has at most this share of the copy's bytes."""

ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What turns each orientation upright (Exif 3.0, section 4.6.5.1.6)."""

_PREVIEW = 256


def copy_image(body: bytes, bounds: ImageBounds) -> CopiedImage:
    """Make the copy of an image that is kept: no EXIF, XMP or comments, upright, whole, within bounds.

    An image that lies right is not coded anew; an animation keeps all its frames. Only the decoder of the kind that
    the bytes themselves show is ever asked.

    Raises:
        ImageError: "not-an-image", "vector-image", "too-large" or "damaged".
    """
    kind = kind_of(body)
    if len(body) > bounds.max_bytes:
        raise ImageError("too-large", f"it has {len(body)} bytes, more than {bounds.max_bytes}")
    with _named_faults(bounds):
        return _copied(kind, body, bounds)


def make_variants(body: bytes, bounds: ImageBounds) -> dict[str, bytes]:
    """Make the variants that `bounds.formats` asks for of a copy that is kept already, by kind.

    Raises:
        ImageError: as `copy_image`.
    """
    kind = kind_of(body)
    with _named_faults(bounds):
        image = _opened(kind, body, bounds)
        return dict(_variants(image, kind, len(body), bounds.formats)) if _is_still(kind, image) else {}


@contextmanager
def _named_faults(bounds: ImageBounds) -> Iterator[None]:
    """Turn whatever a decoder raises into an ImageError, and let it warn of nothing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except ImageError:
        raise
    except Image.DecompressionBombError as error:
        most = min(bounds.max_pixels, 2 * (Image.MAX_IMAGE_PIXELS or bounds.max_pixels))
        raise ImageError("too-large", f"it has more than {most} pixels") from error
    except Exception as error:  # decoders raise anything at what a stranger wrote
        raise ImageError("damaged", f"it cannot be decoded: {error}") from error


def _copied(kind: str, body: bytes, bounds: ImageBounds) -> CopiedImage:
    kind, kept = _kept(kind, body, bounds)
    # What is kept is what is looked at: no two programs read a broken file alike.
    image = _opened(kind, kept, bounds)
    width, height = image.size
    if kind == "jpg" and not bounds.formats:
        image.draft("RGB", (_PREVIEW, _PREVIEW))  # a hash needs no more, and the whole file is read all the same
    image.load()
    variants = dict(_variants(image, kind, len(kept), bounds.formats)) if _is_still(kind, image) else {}
    copy = ImageCopy(
        hash=sha256(kept).hexdigest(),
        kind=kind,
        width=width,
        height=height,
        size=len(kept),
        phash=perceptual_hash(image),
        variants=tuple(variants),
    )
    return CopiedImage(copy=copy, body=kept, variants=variants)


def _kept(kind: str, body: bytes, bounds: ImageBounds) -> tuple[str, bytes]:
    """Strip an image that lies right, and code any other anew; its kind and its bytes."""
    image = _opened(kind, body, bounds)
    still = _is_still(kind, image)
    turn = _turn(image) if still else None
    if turn is None and kind != "bmp" and not _is_talkative(kind, image):
        return kind, strip(kind, body)
    image.load()
    kind = "png" if kind == "bmp" else kind
    upright = image if turn is None else image.transpose(turn)
    return kind, _saved(upright, kind, SAVED[kind], all_frames=not still)


def _opened(kind: str, body: bytes, bounds: ImageBounds) -> Image.Image:
    """Read the header of an image, before a pixel is decoded."""
    image = Image.open(BytesIO(body), formats=[FORMATS[kind]])
    width, height = image.size
    if width * height > bounds.max_pixels:
        raise ImageError("too-large", f"it has {width} x {height} pixels, more than {bounds.max_pixels}")
    return image


def _is_still(kind: str, image: Image.Image) -> bool:
    return kind == "jpg" or getattr(image, "n_frames", 1) == 1


def _turn(image: Image.Image) -> Image.Transpose | None:
    """Read how a browser would turn an image; what XMP says of that no browser heeds."""
    if image.format == "PNG":
        image.load()  # its EXIF may stand after the pixels
    exif = Image.Exif()
    try:
        exif.load(image.info.get("exif") or b"")
        return _UPRIGHT.get(exif.get(ORIENTATION, 1))
    except Exception:  # broken EXIF turns nothing
        return None


def _is_talkative(kind: str, image: Image.Image) -> bool:
    """Tell whether an image says more than it shows where that cannot be cut out of its file."""
    return kind == "avif" and bool(image.info.get("exif") or image.info.get("xmp"))


def _saved(image: Image.Image, kind: str, options: Mapping[str, object], *, all_frames: bool = False) -> bytes:
    """Write pixels, their transparency and their profile of colours, and nothing else that came with them."""
    out = BytesIO()
    profile = image.info.get("icc_profile") or None
    bare = image if all_frames else image.copy()
    for name in bare.info.keys() - {"transparency"} if bare is not image else ():
        del bare.info[name]
    bare.save(out, FORMATS[kind], icc_profile=profile, save_all=all_frames, **_SILENT[kind], **options)
    return out.getvalue()


def _variants(image: Image.Image, kind: str, size: int, formats: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    if image.mode == "CMYK":
        return  # its colours mean something only beside their profile
    for wanted in formats:
        if wanted != kind:
            body = _saved(_coloured(image), wanted, VARIANTS[wanted])
            if len(body) <= WORTH * size:
                yield wanted, body


def _coloured(image: Image.Image) -> Image.Image:
    if image.mode in {"RGB", "RGBA"}:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")
