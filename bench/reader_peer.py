"""The PyPI library `reader` doing the same work, run with the Python of the peers' environment.

reader_peer.py cold DB URLS    add every feed, update, build the search index; prints the entries kept
reader_peer.py poll DB URLS    add every feed and update, without a search index; prints the entries kept
reader_peer.py again DB        update once more
reader_peer.py find DB QUERY   print how many entries its search finds
reader_peer.py take DB POSTS   add entries of a JSON list of [id, title, body, published], build the search index
reader_peer.py ask DB FILE     for each of a JSON list of questions: milliseconds of the first 20, and the ids of all
"""

import json
import sys
import time
from datetime import datetime
from pathlib import Path

from reader import Reader, make_reader

FEED = "https://news.example/feed"


def main(step: str, database: str, argument: str = "") -> None:
    """Do one step. Everything is as a new user gets it: one worker, default plugins."""
    with make_reader(database) as reader:
        if step in {"cold", "poll"}:
            for address in Path(argument).read_text("utf-8").split():
                reader.add_feed(address)
            reader.update_feeds(scheduled=False)
            if step == "cold":
                reader.enable_search()
                reader.update_search()
            print(reader.get_entry_counts().total)
        elif step == "again":
            reader.update_feeds(scheduled=False)
        elif step == "take":
            _take(reader, json.loads(Path(argument).read_text("utf-8")))
        elif step == "ask":
            questions = json.loads(Path(argument).read_text("utf-8"))
            print(json.dumps([_ask(reader, question) for question in questions]))
        else:
            print(reader.search_entry_counts(argument).total)


def _take(reader: Reader, posts: list[tuple[str, str, str, str]]) -> None:
    reader.add_feed(FEED)
    for key, title, body, published in posts:
        moment = datetime.fromisoformat(published)
        reader.add_entry({"feed_url": FEED, "id": key, "title": title, "summary": body, "published": moment})
    reader.enable_search()
    reader.update_search()


def _ask(reader: Reader, question: str) -> tuple[float, list[str]]:
    phrase = f'"{question}"'
    start = time.perf_counter()
    list(reader.search_entries(phrase, limit=20))
    spent = 1000 * (time.perf_counter() - start)
    return spent, [found.id for found in reader.search_entries(phrase)]


if __name__ == "__main__":
    main(*sys.argv[1:])
