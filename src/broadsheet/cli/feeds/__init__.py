"""Commands about feeds, and about what their entries link to."""
