"""Coverage-guided fuzzing of the doors that strangers' bytes come through; `./run fuzz` runs it."""
