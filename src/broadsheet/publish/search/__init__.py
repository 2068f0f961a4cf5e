"""Search on the published site, without a server."""
