"""The paper as feeds of its own."""
