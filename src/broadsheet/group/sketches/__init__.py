"""What stays of many posts, small enough to hold them all, and which pairs of them are worth a look."""
