"""The PyPI library `reader` doing the same work, run with the Python of the peers' environment.

reader_peer.py cold DB URLS    add every feed, update, build the search index; prints the entries kept
reader_peer.py again DB        update once more
reader_peer.py find DB QUERY   print how many entries its search finds
"""

import sys
from pathlib import Path

from reader import make_reader


def main(step: str, database: str, argument: str = "") -> None:
    """Do one step. Everything is as a new user gets it: one worker, default plugins."""
    with make_reader(database) as reader:
        if step == "cold":
            for address in Path(argument).read_text("utf-8").split():
                reader.add_feed(address)
            reader.update_feeds(scheduled=False)
            reader.enable_search()
            reader.update_search()
            print(reader.get_entry_counts().total)
        elif step == "again":
            reader.update_feeds(scheduled=False)
        else:
            print(reader.search_entry_counts(argument).total)


if __name__ == "__main__":
    main(*sys.argv[1:])
