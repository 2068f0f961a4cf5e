"""Measures of quality that take long, or need corpora: `./run eval --help`."""
