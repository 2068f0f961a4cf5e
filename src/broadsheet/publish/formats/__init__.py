"""The forms a post file can have: one small module each, all with the same two functions."""
