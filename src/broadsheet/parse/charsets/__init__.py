"""Bytes to text: what a document says of its charset, and what it really is."""
