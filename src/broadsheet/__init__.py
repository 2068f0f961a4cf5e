"""Broadsheet turns the feeds a person follows into a permanent, safe, searchable newspaper."""
