"""The paper's memory: feeds, originals, posts, revisions and the search index, in one file."""

from broadsheet.store.opening import open_store
from broadsheet.store.search import Hit, Order
from broadsheet.store.store import Store

__all__ = ["Hit", "Order", "Store", "open_store"]
