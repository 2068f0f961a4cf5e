"""JSON Feed 1.0 and 1.1 (jsonfeed.org), read with tolerance for what its writers get wrong."""

import re
from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Final

import msgspec

from broadsheet.errors import FeedError
from broadsheet.model import Category, Enclosure, Person
from broadsheet.parse.elements.draft import Draft, Link, Text
from broadsheet.parse.elements.media import whole_number
from broadsheet.parse.elements.scope import tidy_language
from broadsheet.parse.formats.jsontext import load_json
from broadsheet.parse.formats.xmlfeed import Place, Reading
from broadsheet.parse.values.addresses import is_absolute, resolve
from broadsheet.parse.values.dates import DateStyle, date_style, parse_date

_VERSION: Final = re.compile(r"jsonfeed\.org/version/(\d(?:\.\d)?)")
_MOST_ITEMS: Final = 20_000


def read_json(text: str, place: Place) -> tuple[Reading, tuple[str, ...]]:
    """Read a JSON Feed, and say what had to be mended.

    Raises:
        FeedError: "too-deep", or "not-a-feed" for JSON that is no feed.
    """
    data, repairs = load_json(text)
    if isinstance(data, dict) and _VERSION.search(_string(data, "version") or ""):
        items = data.get("items") or {}
        if isinstance(items, dict):  # none, or a list of which something was taken out, as PHP writes it
            data["items"] = list(items.values())
    if not isinstance(data, dict) or not isinstance(data.get("items"), list):
        cause = "the document is JSON but no JSON Feed: it has no list of items; check the address"
        raise FeedError("not-a-feed", cause)
    version = _VERSION.search(_string(data, "version") or "")
    language = tidy_language(_string(data, "language"))
    style = date_style(place.zone, language, place.now)
    items = [item for item in data["items"][:_MOST_ITEMS] if isinstance(item, dict)]
    dropped = len(data["items"]) - len(items)
    entries = [_read_item(item, place, style) for item in items]
    if place.originals:
        _keep_originals(data, items, entries)
    form = f"json-feed-{version.group(1)}" if version else "json-feed"
    cost = (f"entries-dropped:{dropped}",) if dropped else ()
    return Reading(form, _read_feed(data, place, language), entries, cost), repairs


def _string(data: Mapping[str, object], key: str) -> str | None:
    """Give a value as text; a number is what careless writers use for an id."""
    value = data.get(key)
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, float):
        return (f"{value:.0f}" if value.is_integer() else str(value)) if isfinite(value) else None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _address(data: Mapping[str, object], key: str, base: str | None) -> str | None:
    """Give an address made absolute; what is not even a string is none."""
    value = data.get(key)
    return resolve(base, value.strip()) if isinstance(value, str) else None


def _objects(data: Mapping[str, object], key: str) -> Iterator[dict[str, object]]:
    value = data.get(key)
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item


def _words(data: Mapping[str, object], key: str) -> list[str]:
    """Give the strings of a list, or the one that stands instead of a list."""
    value = data.get(key)
    words = [word.strip() for word in (value if isinstance(value, list) else [value]) if isinstance(word, str)]
    return [word for word in words if word]


def _read_feed(data: Mapping[str, object], place: Place, language: str | None) -> Draft:
    draft = Draft(language=language)
    base = place.base_url
    draft.say_text("title", 0, Text(_string(data, "title") or "", "text"))
    draft.say_text("subtitle", 0, Text(_string(data, "description") or "", "text"))
    _say_link(draft, _address(data, "home_page_url", base), "alternate")
    _say_link(draft, _address(data, "feed_url", base), "self")
    for hub in _objects(data, "hubs"):
        _say_link(draft, _address(hub, "url", base), "hub")
    draft.say_word("image", 0, _address(data, "icon", base))
    draft.say_word("image", 1, _address(data, "favicon", base))
    draft.authors += _people(data, base)
    return draft


def _say_link(draft: Draft, href: str | None, rel: str) -> None:
    if href:
        draft.links.append(Link(href, rel))


def _people(data: Mapping[str, object], base: str | None) -> Iterator[tuple[int, Person]]:
    """Give the authors: a list since 1.1, one object in 1.0; some writers give their names alone."""
    for rank, key in enumerate(("authors", "author")):
        for author in _objects(data, key):
            name, url = _string(author, "name"), _address(author, "url", base)
            if name or url:
                yield rank, Person(name=name, url=url)
        yield from ((rank, Person(name=name)) for name in _words(data, key))


def _read_item(item: Mapping[str, object], place: Place, style: DateStyle) -> Draft:
    draft = Draft()
    base = place.base_url
    draft.say_word("language", 0, tidy_language(_string(item, "language")))
    identity = _string(item, "id")
    draft.say_word("id", 0, identity)
    draft.say_word("permalink", 0, identity if is_absolute(identity) else None)
    for key in ("url", "external_url"):
        _say_link(draft, _address(item, key, base), "alternate")
    _read_texts(item, draft)
    draft.say_date("published", 0, parse_date(_string(item, "date_published") or "", style))
    draft.say_date("updated", 0, parse_date(_string(item, "date_modified") or "", style))
    draft.authors += _people(item, base)
    draft.categories += [Category(term=term) for term in _words(item, "tags")]
    _read_files(item, draft, base)
    return draft


def _read_texts(item: Mapping[str, object], draft: Draft) -> None:
    draft.say_text("title", 0, Text(_string(item, "title") or "", "text"))
    draft.say_text("summary", 0, Text(_string(item, "summary") or "", "text"))
    draft.say_text("content", 0, Text(_string(item, "content_html") or "", "html"))
    draft.say_text("content", 1, Text(_string(item, "content_text") or "", "text"))


def _read_files(item: Mapping[str, object], draft: Draft, base: str | None) -> None:
    for key in ("image", "banner_image"):
        url = _address(item, key, base)
        draft.images += [url] if url else []
    for file in _objects(item, "attachments"):
        url = _address(file, "url", base)
        size = file.get("size_in_bytes")
        if isinstance(size, str):
            size = whole_number(size)
        length = int(size) if isinstance(size, int | float) and 0 <= size < 2**63 else None
        draft.enclosures += [Enclosure(url=url, type=_string(file, "mime_type"), length=length)] if url else []


def _keep_originals(data: Mapping[str, object], items: list[dict[str, object]], drafts: list[Draft]) -> None:
    shell = {key: data[key] for key in ("version", "language") if key in data}
    for item, draft in zip(items, drafts, strict=True):
        draft.original = msgspec.json.encode({**shell, "items": [item]})
