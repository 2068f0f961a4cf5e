"""The life of each claim, across posts: first said, asked, answered, denied, confirmed, done or failed."""
