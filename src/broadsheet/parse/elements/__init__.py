"""Elements of XML feeds: what each says, and the one thing that a field holds of all that was said."""
