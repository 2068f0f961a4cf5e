"""How search reads text, for those who build an index of their own."""

from functools import cache
from hashlib import blake2b
from importlib.resources import files

from broadsheet.model import Folding
from broadsheet.store.fold import fold


@cache
def folding() -> Folding:
    """Describe how the store's own search reads text: the same words are found by whoever folds with this."""
    room = files("broadsheet.store")
    data = room.joinpath("data")
    tables = sorted(data.iterdir(), key=lambda file: file.name) if data.is_dir() else []
    source = b"\0".join(file.read_bytes() for file in [room.joinpath("fold.py"), *tables])
    return Folding(digest=blake2b(source, digest_size=8).hexdigest(), fold=fold)
