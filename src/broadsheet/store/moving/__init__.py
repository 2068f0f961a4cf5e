"""A store written into a folder, and one made from it on whichever engine."""
