"""Single values as feeds spell them: addresses, days and times."""
