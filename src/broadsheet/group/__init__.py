"""Which posts carry the same text, which tell of the same event, and the stories that they make."""
