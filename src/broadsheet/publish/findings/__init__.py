"""What was found in posts, as pages tell and draw it."""
