"""What is done at the end of whatever brought posts in."""
