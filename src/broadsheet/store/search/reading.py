"""How search reads text, for those who build an index of their own."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from broadsheet.model import Folding
from broadsheet.store.search.fold import fold

_ROOM = Path(__file__).parent


@cache
def folding() -> Folding:
    """Describe how the store's own search reads text: the same words are found by whoever folds with this."""
    tables = sorted((_ROOM / "data").iterdir())
    source = b"\0".join(file.read_bytes() for file in [_ROOM / "fold.py", *tables])
    return Folding(digest=blake2b(source, digest_size=8).hexdigest(), fold=fold)
