"""JSON that is not quite JSON: read with tolerance, and what is whole of it saved."""

import json
import re
from typing import Final

import msgspec

from broadsheet.errors import FeedError

_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")
_COMMA: Final = re.compile(r'("(?>(?:[^"\\]++|\\.?)*)(?:"|\Z))|,(\s*+[\]}])', re.DOTALL)
_ITEMS: Final = re.compile(r'"items"\s*:\s*\[\s*')
_BETWEEN: Final = re.compile(r"[\s,]*+")
_ESCAPE: Final = re.compile(r"""\\(?:(["\\/bfnrt]|u[0-9A-Fa-f]{4})|(?P<mark>(?='))|)""")
_NEXT_ITEM: Final = re.compile(r"\}\s*+,\s*+(?=\{)")
_SAID_BY_ITEMS: Final = frozenset({"id", "content_html", "content_text"})
_MOST_GAPS: Final = 50
_BROKEN: Final = object()
_LONGEST_NUMBER: Final = 400


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) < _LONGEST_NUMBER else digits


def _nothing(_constant: str) -> None:
    """NaN and Infinity, of which JSON knows nothing."""


_DECODER: Final = json.JSONDecoder(strict=False, parse_int=_whole, parse_constant=_nothing)


def load_json(text: str) -> tuple[object, tuple[str, ...]]:
    """Read a document, and say what had to be mended.

    Raises:
        FeedError: "too-deep", or "not-a-feed" for what is no JSON.
    """
    try:
        return msgspec.json.decode(text), ()
    except RecursionError as error:
        raise _too_deep() from error
    except (msgspec.DecodeError, ValueError):
        return _load_leniently(text)


def _load_leniently(text: str) -> tuple[object, tuple[str, ...]]:
    """Read JSON with raw line breaks in strings, lone surrogates, wrong escapes, too many commas, or a wrong end."""
    text = _COMMA.sub(_mended, text.lstrip("\ufeff \t\r\n"))
    try:
        data, cost = _decode_or_salvage(text)
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        cause = f"the document looks like JSON and cannot be read ({error}); tell its publisher"
        raise FeedError("not-a-feed", cause) from error
    return _without_surrogates(data), ("json-lenient", *cost)


def _mended(match: re.Match[str]) -> str:
    """Drop a comma that nothing follows; write a backslash that escapes nothing as one."""
    string, end = match.groups()
    return _ESCAPE.sub(_escape, string) if string else end


def _escape(match: re.Match[str]) -> str:
    return match.group() if match.group(1) else "" if match["mark"] is not None else r"\\"


def _decode_or_salvage(text: str) -> tuple[object, tuple[str, ...]]:
    """Read a document, or of one that is broken or breaks off the items that are whole."""
    try:
        return _DECODER.raw_decode(text)[0], ()
    except ValueError:
        start = _ITEMS.search(text)
        items, dropped = _whole_items(text, start.end()) if start else ([], 0)
        if start is None or not items:
            raise
    data, _ = _DECODER.raw_decode(text[: start.end()] + "]}")
    data["items"] = items
    return data, (f"entries-dropped:{dropped}",) if dropped else ("truncated",)


def _whole_items(text: str, at: int) -> tuple[list[object], int]:
    """Read the items that can be read, and count those between them that cannot."""
    items, gaps, lost = list[object](), list[int](), False
    while at < len(text) and text[at] != "]":
        item, end = _item(text, at)
        if item is _BROKEN or (lost and not _is_item(item)):
            gaps += [at] if item is _BROKEN else []
            lost, following = True, _NEXT_ITEM.search(text, end)
            if following is None or len(gaps) > _MOST_GAPS:
                return items, len(gaps) - 1
            at = following.end()
        else:
            items.append(item)
            lost, between = False, _BETWEEN.match(text, end)
            at = between.end() if between else end
    return items, len(gaps)


def _item(text: str, at: int) -> tuple[object, int]:
    """Read one value; one that is broken reaches to where it breaks."""
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        return _BROKEN, max(error.pos, at + 1)


def _is_item(value: object) -> bool:
    """Tell an item from what may stand in one."""
    return isinstance(value, dict) and not _SAID_BY_ITEMS.isdisjoint(value)


def _too_deep() -> FeedError:
    return FeedError("too-deep", "the JSON is nested too deeply to be a feed; check the address")


def _without_surrogates(data: object) -> object:
    return json.loads(_SURROGATES.sub("\ufffd", json.dumps(data, ensure_ascii=False)))
