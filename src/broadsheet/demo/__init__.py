"""The sample edition: invented feeds in two states of one day, and a loopback server that speaks for them."""

from broadsheet.demo.sample import MOMENTS, State, pictures, subscriptions
from broadsheet.demo.server import FeedServer, serve_feeds

__all__ = ["MOMENTS", "FeedServer", "State", "pictures", "serve_feeds", "subscriptions"]
