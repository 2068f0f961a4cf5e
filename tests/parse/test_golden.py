"""Every feed beside this file reads as its JSON says; what the JSON leaves out is not looked at."""

import json
from pathlib import Path
from typing import Any

import pytest

from broadsheet.parse import feed_json, parse_feed

FOLDER = Path(__file__).parent / "golden" / "feeds"
CASES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")


def _shown(whole: Any, want: Any) -> Any:
    """Cut what was read down to what the case speaks of; lists keep their length."""
    if isinstance(want, dict):
        return {key: _shown(whole[key], value) for key, value in want.items()}
    if isinstance(want, list) and len(want) == len(whole):
        return [_shown(part, value) for part, value in zip(whole, want, strict=True)]
    return whole


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_feed_reads_as_its_golden_json_says(path: Path) -> None:
    case = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    options = case.get("options", {})
    parsed = parse_feed(path.read_bytes(), options.get("content_type"), options.get("base_url"))
    assert _shown(feed_json(parsed), case["feed"]) == case["feed"]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_an_original_reads_as_the_same_entry_again(path: Path) -> None:
    case = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    options = case.get("options", {})
    base = options.get("base_url")
    parsed = parse_feed(path.read_bytes(), options.get("content_type"), base, originals=True)
    for entry in parsed.entries:
        assert entry.original is not None
        again = parse_feed(entry.original, None, base, originals=True)
        assert again.format == parsed.format
        assert again.entries == (entry,)


def test_originals_cost_nothing_where_nobody_asks() -> None:
    assert all(entry.original is None for path in CASES[:3] for entry in parse_feed(path.read_bytes()).entries)
