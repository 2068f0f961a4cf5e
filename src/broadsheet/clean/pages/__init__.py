"""The article of a whole web page."""
