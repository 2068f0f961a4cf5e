"""What a tree of the site holds, written down beside it so that nobody has to look."""

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct

from broadsheet.wholefiles import sync, write_whole


class Held(Struct, frozen=True, array_like=True):
    """One file of a tree: the digest of what it was made from, and its size in bytes."""

    digest: str
    size: int


Manifest = Mapping[str, Held]
_DECODER = msgspec.json.Decoder(dict[str, Held])


def read_manifest(path: Path) -> dict[str, Held] | None:
    """Read a manifest; None where there is none or it is damaged, and nothing may be believed of its tree."""
    try:
        return _DECODER.decode(path.read_bytes())
    except (FileNotFoundError, msgspec.DecodeError):
        return None


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Replace a manifest as a whole, on the disk before it has its name."""
    write_whole(path, msgspec.json.encode(manifest))


def drop_manifest(path: Path) -> None:
    """Forget a manifest, durably: its tree is about to change."""
    path.unlink(missing_ok=True)
    sync(path.parent)
