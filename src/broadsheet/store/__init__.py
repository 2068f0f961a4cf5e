"""The paper's memory: feeds, originals, posts, revisions and the search index in one file, images beside it."""

from broadsheet.store.archive import Archive
from broadsheet.store.images import Unlisted
from broadsheet.store.opening import open_store
from broadsheet.store.search import Hit, Order
from broadsheet.store.store import Store

__all__ = ["Archive", "Hit", "Order", "Store", "Unlisted", "open_store"]
