"""Pictures: the real ones, each with its caption."""
