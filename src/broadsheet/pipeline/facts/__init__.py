"""Facts of posts: found, held against prices, and given out."""
