"""Search: how text is read, what a question means, and the indexes of words that answer it."""
