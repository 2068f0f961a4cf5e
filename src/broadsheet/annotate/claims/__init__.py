"""What a text says that a company did or will do, who said it, and what it answered."""
