"""Planned pages put in their place: what changed, all of it or nothing."""
