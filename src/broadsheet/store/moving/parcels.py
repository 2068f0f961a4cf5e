"""Rows of a table in files: a MessagePack array of rows in one Zstandard frame (RFC 8878) with its checksum.

Rows are counted and their digests added up, so that neither the order nor the engine that gave them matters. What is
digested is what every engine can hold: U+FFFD stands for NUL, which no text of PostgreSQL has, and 0.0 for -0.0, of
which SQLite does not keep the sign.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

import msgspec

from broadsheet.store.engines.engine import Row

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MOST_ROWS = 5000
MOST_BYTES = 8 << 20
LEVEL = 3
MODULUS = 1 << 128

_ENCODER = msgspec.msgpack.Encoder()
_ROWS = msgspec.msgpack.Decoder(list[list[object]])
_ARRAY = b"\xdd"  # of a length in four bytes: array 32 in MessagePack
_OPTIONS: Mapping[int, int] = {
    zstd.CompressionParameter.compression_level: LEVEL,
    zstd.CompressionParameter.checksum_flag: 1,
}


class Tally:
    """How many rows there are, and the sum of their digests (BLAKE2b, 128 bits) modulo 2**128."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = 0

    @property
    def digest(self) -> str:
        """The sum, in 32 hexadecimal digits."""
        return f"{self._sum:032x}"

    def add(self, row: Sequence[object]) -> bytes:
        """Count a row; returns it in MessagePack, as it came."""
        packed = _ENCODER.encode(row)
        held = _held(row)
        digest = blake2b(packed if held is row else _ENCODER.encode(held), digest_size=16).digest()
        self._sum = (self._sum + int.from_bytes(digest, "big")) % MODULUS
        self.rows += 1
        return packed

    def add_sum(self, rows: int, digest: str) -> None:
        """Count rows that were counted already."""
        self.rows += rows
        self._sum = (self._sum + int(digest, 16)) % MODULUS


def _held(row: Sequence[object]) -> Sequence[object]:
    """A row as every engine can hold it: the very same where any can."""
    odd = [place for place, value in enumerate(row) if _is_odd(value)]
    if not odd:
        return row
    held = list(row)
    for place in odd:
        value = row[place]
        held[place] = value.replace("\0", "\ufffd") if isinstance(value, str) else 0.0
    return held


def _is_odd(value: object) -> bool:
    return "\0" in value if isinstance(value, str) else isinstance(value, float) and value == 0


class Parcel:
    """The rows of one file."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.bytes = len(_ARRAY) + 4
        self._rows: list[bytes] = []

    def add(self, row: Row) -> bool:
        """Add a row; returns whether the parcel is full."""
        packed = self.tally.add(row)
        self._rows.append(packed)
        self.bytes += len(packed)
        return self.tally.rows >= MOST_ROWS or self.bytes >= MOST_BYTES

    def pack(self) -> bytes:
        """The file, as it is written."""
        head = _ARRAY + len(self._rows).to_bytes(4, "big")
        return zstd.compress(b"".join((head, *self._rows)), options=_OPTIONS)


def parcels(rows: Iterable[Row]) -> Iterator[Parcel]:
    """Cut rows into parcels, which depends on nothing but the rows."""
    parcel = Parcel()
    for row in rows:
        if parcel.add(row):
            yield parcel
            parcel = Parcel()
    if parcel.tally.rows:
        yield parcel


def unpack(file: bytes, size: int) -> list[list[object]]:
    """Read a parcel back, which is `size` bytes large without compression.

    Raises:
        ValueError: it is damaged.
    """
    frame = zstd.ZstdDecompressor()
    try:
        body = frame.decompress(file, max_length=size + 1)
        if frame.eof and not frame.unused_data and len(body) == size:
            return _ROWS.decode(body)
    except (zstd.ZstdError, EOFError, msgspec.DecodeError) as error:
        raise ValueError(str(error)) from error
    raise ValueError("it is not as long as it should be")
