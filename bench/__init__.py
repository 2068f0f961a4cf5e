"""What Broadsheet costs, measured beside its peers in one run: `./run bench`."""
