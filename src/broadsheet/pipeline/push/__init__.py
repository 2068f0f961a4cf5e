"""Feeds that tell of what is new by themselves: subscriptions at hubs, and what hubs tell (WebSub, W3C 2018)."""
