"""Ask for a feed: politely, from a checked address, within bounds."""

from broadsheet.fetch.client import Client, open_client
from broadsheet.fetch.http import fetch_feed
from broadsheet.fetch.pace import Pace, is_this_machine

__all__ = ["Client", "Pace", "fetch_feed", "is_this_machine", "open_client"]
