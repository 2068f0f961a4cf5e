"""Which posts carry the text of another, and how much of it."""
