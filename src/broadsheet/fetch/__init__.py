"""Room fetch."""
