"""What the page of a story tells besides its posts: what each added, where they disagree, what was before."""
