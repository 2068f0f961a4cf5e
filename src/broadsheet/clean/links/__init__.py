"""Where links and pictures lead: absolute, harmless, without a counter in between."""
