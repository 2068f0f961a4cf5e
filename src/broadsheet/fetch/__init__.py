"""Ask for a feed, an image or a page: politely, from a checked address, within bounds."""

from broadsheet.fetch.client import Client, open_client
from broadsheet.fetch.http import fetch_feed
from broadsheet.fetch.images import fetch_image
from broadsheet.fetch.pace import Pace, is_this_machine
from broadsheet.fetch.pages import fetch_page
from broadsheet.fetch.robots import fetch_robots, may_go, origin_of

__all__ = [
    "Client",
    "Pace",
    "fetch_feed",
    "fetch_image",
    "fetch_page",
    "fetch_robots",
    "is_this_machine",
    "may_go",
    "open_client",
    "origin_of",
]
