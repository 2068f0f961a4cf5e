"""The order of blocks: paragraphs, lists and tables that hold together."""
