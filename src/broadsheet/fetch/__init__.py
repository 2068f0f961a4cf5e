"""Ask for a feed or an image: politely, from a checked address, within bounds."""

from broadsheet.fetch.client import Client, open_client
from broadsheet.fetch.http import fetch_feed
from broadsheet.fetch.images import fetch_image
from broadsheet.fetch.pace import Pace, is_this_machine

__all__ = ["Client", "Pace", "fetch_feed", "fetch_image", "is_this_machine", "open_client"]
