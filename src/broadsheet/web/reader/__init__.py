"""The reader's own pages, and what is done with their forms."""
