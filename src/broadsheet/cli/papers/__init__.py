"""Commands about a whole paper."""
