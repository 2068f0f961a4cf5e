"""Documents that are not well-formed, mended step by step, and marked with what it took."""
