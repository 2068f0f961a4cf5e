"""The paper's memory: feeds, originals, posts, stories and the search index in one file, images beside it."""

from broadsheet.store.archive import Archive
from broadsheet.store.companies import Companies
from broadsheet.store.engines.server import on_server, place_on_server, without_password
from broadsheet.store.facts import Facts, PostToRead, Reader, Unread
from broadsheet.store.hosts import DueHost
from broadsheet.store.images import Unlisted
from broadsheet.store.kin import Unsketched
from broadsheet.store.ledger import Unledgered
from broadsheet.store.opening import drop_store, is_store, open_store
from broadsheet.store.search.find import Hit, Order
from broadsheet.store.search.query import Remark
from broadsheet.store.search.reading import folding
from broadsheet.store.store import Store
from broadsheet.store.stories import Kin
from broadsheet.store.watches import Delivery

__all__ = [
    "Archive",
    "Companies",
    "Delivery",
    "DueHost",
    "Facts",
    "Hit",
    "Kin",
    "Order",
    "PostToRead",
    "Reader",
    "Remark",
    "Store",
    "Unledgered",
    "Unlisted",
    "Unread",
    "Unsketched",
    "drop_store",
    "folding",
    "is_store",
    "on_server",
    "open_store",
    "place_on_server",
    "without_password",
]
