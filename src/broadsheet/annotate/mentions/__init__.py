"""Companies named in a text, and organisations that no book has."""
