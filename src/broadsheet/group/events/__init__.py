"""Which posts tell of one event, and why: a model of pairs, and clusters of what it joins."""
