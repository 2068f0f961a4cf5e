"""Which feeds a paper follows, and what its owner chooses for each."""
