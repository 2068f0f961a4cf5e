"""The company book: lists of securities read, merged, compared and asked."""
