"""Commands for more than one machine or one process."""
