"""Commands that show posts and stories."""
