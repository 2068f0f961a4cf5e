"""The paper's own copies of the images that posts show, and where the work on them stands."""

from msgspec import Struct


class ImageBounds(Struct, frozen=True, kw_only=True):
    """How large an image may be, in bytes and in pixels, and the `formats` of smaller copies to make beside it.

    `formats` are of "webp" and "avif".
    """

    max_bytes: int = 10 * 1024 * 1024
    max_pixels: int = 40_000_000
    formats: tuple[str, ...] = ()


class ImageCopy(Struct, frozen=True, kw_only=True):
    """What is known of one copy: `hash` is the SHA-256 of its bytes, `kind` the ending of its file name.

    `width` and `height` are in pixels as they are shown, `size` in bytes. `phash` is a perceptual hash of 64 bits,
    both hashes in hexadecimal. `variants` are the kinds of smaller copies that stand beside it.
    """

    hash: str
    kind: str
    width: int
    height: int
    size: int
    phash: str
    variants: tuple[str, ...] = ()

    def path(self, kind: str = "") -> str:
        """Name its file, or that of a variant, inside the archive: "ab/abcdef….jpg"."""
        return f"{self.hash[:2]}/{self.hash}.{kind or self.kind}"


class CopiedImage(Struct, frozen=True, kw_only=True):
    """A copy with its bytes; `variants` are the bytes of the variants, by kind."""

    copy: ImageCopy
    body: bytes
    variants: dict[str, bytes] = {}


class WaitingImage(Struct, frozen=True, kw_only=True):
    """An image that posts show and the paper has no copy of yet; `failures` counts those in a row."""

    address: str
    failures: int = 0


class NewCopies(Struct, frozen=True, kw_only=True):
    """Copies in the order in which they were kept; `mark` asks for those that come after them."""

    copies: tuple[ImageCopy, ...]
    mark: str
