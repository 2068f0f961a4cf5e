"""rss-parser's documents and expected values: every title, link and date agrees."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from broadsheet.model import ParsedEntry
from broadsheet.parse import parse_feed

FOLDER = Path("data/feeds/rss-parser")
MISREAD = {"encoding", "uolNoticias"}  # rss-parser itself took these Latin-1 documents for UTF-8


@pytest.fixture(scope="module")
def folder(shared: Path) -> Path:
    root = shared / FOLDER
    if not root.is_dir():
        pytest.skip(f"rss-parser's documents are not at {root}")
    return root


def expected(path: Path) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(path.read_bytes().decode("utf-8", "replace"))
    feed: dict[str, Any] = whole.get("feed", whole)
    return feed


def agrees(item: dict[str, Any], entry: ParsedEntry) -> bool:
    """Compare; rss-parser keeps the spaces around a value and FeedBurner's redirector instead of the origin."""
    link = (item.get("link") or "").strip() or None
    moment = item.get("isoDate")
    date = datetime.fromisoformat(moment.replace("Z", "+00:00")) if moment else None
    same_link = link == entry.link or (link is not None and ("feedproxy." in link or "feeds." in link))
    same_date = date is None or date in (entry.published, entry.updated)
    return (item.get("title") or "").strip() == (entry.title or "") and same_link and same_date


def test_titles_links_and_dates_agree(folder: Path) -> None:
    compared = 0
    for path in sorted((folder / "output").glob("*.json")):
        inputs = sorted((folder / "input").glob(f"{path.stem}.*"))
        feed, parsed = expected(path), parse_feed(inputs[0].read_bytes())
        items = feed.get("items", [])
        assert len(items) == len(parsed.entries), path.stem
        if path.stem in MISREAD:
            continue
        for item, entry in zip(items, parsed.entries, strict=True):
            assert agrees(item, entry), (path.stem, item.get("title"), entry.title)
            compared += 1
    assert compared > 400
