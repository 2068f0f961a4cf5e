"""Post files in: a post kept as a file with front matter, read as the entry of a feed.

Six layouts of the classic form are known, and the plain YAML of Hexo, Hugo, Jekyll and their like:

    classic-1   two categories, the second "source - section"; the title bare, sometimes over several lines
    classic-2   as 1, with a quoted title
    classic-3   as 1, with the title in a pile of double quotes round single ones
    classic-4   three categories, no head image
    classic-5   three categories and a head image (a sixth layout differs from it only in its folder)
    yaml        any other front matter

A classic file begins with an empty line, has its HTML in one `<div>`, and writes braces as entities everywhere.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import blake2b
from typing import Final

from msgspec import Struct, structs

from broadsheet.errors import FeedError
from broadsheet.model import Category, ParsedEntry, Person, TextType
from broadsheet.parse.formats.frontmatter import (
    read_list,
    read_paths,
    read_scalar,
    split_front_matter,
    well_quoted,
)
from broadsheet.parse.values.dates import DateStyle, parse_date

CLASSIC_MEDIA_TYPE: Final = "text/markdown; variant=classic"
MEDIA_TYPE: Final = "text/markdown"

_JOINT: Final = " - "
_UTC: Final = DateStyle()
_DIV: Final = re.compile(r"\s*<div>(?: {3}\n)?(?P<html>.*?)(?: {2}\n)?</div>\s*", re.DOTALL)
_WEB: Final = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_PLACEHOLDER: Final = re.compile(
    r"https?://(?:picsum\.photos|(?:via\.)?placeholder\.com|placehold\.co|placeimg\.com|loremflickr\.com)/",
    re.IGNORECASE,
)
_ZONED: Final = re.compile(r"(?:\d[zZ]|\b(?![AP]M$)[A-Z]{2,5}|:\d\d(?:\.\d+)?\s*[+-]\d\d:?\d\d)$")
_FILE_DATE: Final = re.compile(r"(?:.*/)?(\d{4}-\d\d-\d\d)-[^/]+")
_HTML_NAME: Final = re.compile(r".*\.x?html?", re.IGNORECASE)
_NAME: Final = re.compile(r"^[ \t]+name:[ \t]+(.+)$", re.MULTILINE)
_CLASSIC: Final = frozenset({"comments", "thumbnail"})
_TRUE: Final = frozenset({"true", "yes", "on"})
_FALSE: Final = frozenset({"false", "no", "off"})
_DATES: Final = ("date", "pubdate", "published_at", "created")
_UPDATES: Final = ("updated", "lastmod", "last_modified_at", "modified")
_IMAGES: Final = ("headimg", "thumbnail", "cover", "image", "images")


class PostFile(Struct, frozen=True, kw_only=True):
    """A post file as it was understood.

    `section` is the path its categories give, the same in every layout; `source` the outlet, where the file names it.
    `repairs` says in stable words what had to be mended or left out: "charset", "title-quotes", "title-lines",
    "date-zone" (none given, read as UTC), "date" (unreadable, left out), "placeholder-image" (left out).
    """

    section: tuple[str, ...]
    source: str | None
    entry: ParsedEntry
    layout: str
    media_type: str
    repairs: tuple[str, ...] = ()


class _Section(Struct, frozen=True):
    path: tuple[str, ...]
    source: str | None
    joined: str | None


def parse_postfile(body: bytes, name: str) -> PostFile:
    """Read a post file.

    The entry's id is the file's own `id` or `guid`, else a digest of section, date and title (of the text where there
    is no title): importing a file again finds the same entry, in whichever layout it is. The entry's `original` is
    `body`; `name` is what errors call the file, and gives the date of a Jekyll post that has no other.

    Raises:
        FeedError: no front matter, no end of it, nothing in it ("empty-post-file"), or a draft ("draft").
    """
    text = body.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    front = split_front_matter(text, name)
    fields = front.fields
    _refuse_draft(fields, name)
    div = _DIV.fullmatch(front.body) if front.lead or fields.keys() >= _CLASSIC else None
    entry = _entry(fields, front.body, div, name)
    section = _section(fields, classic=div is not None)
    return PostFile(
        section=section.path,
        source=section.source,
        entry=_named(entry, section, fields, body),
        layout=_layout(fields, section) if div else "yaml",
        media_type=CLASSIC_MEDIA_TYPE if div else MEDIA_TYPE,
        repairs=tuple(_repairs(fields, entry, damaged="\ufffd" in text and "\ufffd".encode() not in body)),
    )


def _named(entry: ParsedEntry, section: _Section, fields: Mapping[str, str], body: bytes) -> ParsedEntry:
    """Finish an entry with what needs its section: the id and the author."""
    given = _first(fields, "id", "guid")
    moment = entry.published.isoformat() if entry.published else _first(fields, *_DATES)
    parts = ("/".join(section.path), moment, entry.title or entry.content or "")
    names = [section.source if name == section.joined else name for name in _authors(fields)]
    authors = tuple(Person(name=name) for name in names if name)
    return structs.replace(entry, id=given or _urn(*parts), authors=authors, original=body)


def _urn(*parts: str) -> str:
    digest = blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=10)
    return f"urn:broadsheet:post-file:{digest.hexdigest()}"


def _entry(fields: Mapping[str, str], body: str, div: re.Match[str] | None, name: str) -> ParsedEntry:
    content, content_type = _content(body, div, name)
    title = _first(fields, "title")
    if not (title or content):
        cause = f"{name}: the post file has neither a title nor a text"
        raise FeedError("empty-post-file", cause)
    return ParsedEntry(
        title=(_braced(title) if div else title) or None,
        content=content,
        content_type=content_type,
        summary=_first(fields, "summary", "description", "excerpt") or None,
        summary_type="text",
        published=_moment(_first(fields, *_DATES) or _date_in_name(name)),
        updated=_moment(_first(fields, *_UPDATES)),
        link=next((link for link in _values(fields, "link", "source", "canonical_url") if _WEB.match(link)), None),
        categories=tuple(Category(term=term) for term in _tags(fields)),
        images=tuple(dict.fromkeys(url for url in _pictures(fields) if not _PLACEHOLDER.match(url))),
        language=_first(fields, "lang", "language") or None,
    )


def _content(body: str, div: re.Match[str] | None, name: str) -> tuple[str | None, TextType]:
    """Find the text of the post: HTML, or the Markdown source as the text it is."""
    if div:
        return div["html"] or None, "html"
    text = body.strip("\n")
    is_html = _HTML_NAME.fullmatch(name) or text.lstrip().startswith("<")
    return text if text.strip() else None, "html" if is_html else "text"


def _section(fields: Mapping[str, str], *, classic: bool) -> _Section:
    paths = read_paths(fields.get("categories") or fields.get("category") or "")
    path = paths[0] if paths else ()
    if not classic:
        return _Section(path, None, None)
    path = tuple(_braced(part) for part in path)
    source, joint, rest = path[1].partition(_JOINT) if len(path) == 2 else ("", "", "")
    if joint and source and rest:
        return _Section((path[0], source, rest), source, path[1])
    return _Section(path, path[1] if len(path) > 1 else None, None)


def _layout(fields: Mapping[str, str], section: _Section) -> str:
    title = fields.get("title", "").lstrip()
    if section.joined is None:
        return "classic-5" if "headimg" in fields else "classic-4"
    if title.startswith('""'):
        return "classic-3"
    return "classic-2" if title.startswith(("'", '"')) else "classic-1"


def _refuse_draft(fields: Mapping[str, str], name: str) -> None:
    draft, published = _first(fields, "draft").lower(), _first(fields, "published").lower()
    if draft in _TRUE or published in _FALSE:
        line = "draft: true" if draft in _TRUE else "published: false"
        raise FeedError("draft", f'{name}: a draft is not imported: remove "{line}" from its front matter first')


def _values(fields: Mapping[str, str], *keys: str) -> Iterator[str]:
    for key in keys:
        value = read_scalar(fields.get(key, ""))
        if value:
            yield value


def _first(fields: Mapping[str, str], *keys: str) -> str:
    return next(_values(fields, *keys), "")


def _authors(fields: Mapping[str, str]) -> tuple[str, ...]:
    raw = fields.get("author") or fields.get("authors") or ""
    mapping = _NAME.search(raw)
    return (read_scalar(mapping[1]),) if mapping else read_list(raw)


def _tags(fields: Mapping[str, str]) -> tuple[str, ...]:
    """List the tags, and the categories beside the section path."""
    beside = [path[-1] for path in read_paths(fields.get("categories", ""))[1:]]
    return tuple(dict.fromkeys([*read_list(fields.get("tags", "")), *beside]))


def _pictures(fields: Mapping[str, str]) -> Iterator[str]:
    for key in _IMAGES:
        yield from (url for url in read_list(fields.get(key, "")) if _WEB.match(url))


def _moment(text: str) -> datetime | None:
    return parse_date(text, _UTC) if text else None


def _date_in_name(name: str) -> str:
    match = _FILE_DATE.fullmatch(name)
    return match[1] if match else ""


def _braced(text: str) -> str:
    """Give back the braces that the classic form writes as entities, even outside HTML."""
    return text.replace("&#123;", "{").replace("&#125;", "}")


def _repairs(fields: Mapping[str, str], entry: ParsedEntry, *, damaged: bool) -> Iterator[str]:
    title, date = fields.get("title", ""), _first(fields, *_DATES)
    pictures = list(_pictures(fields))
    found = {
        "charset": damaged,
        "title-quotes": not well_quoted(title),
        "title-lines": "\n" in title.strip(),
        "date": bool(date) and entry.published is None,
        "date-zone": entry.published is not None and not _ZONED.search(date),
        "placeholder-image": len(entry.images) < len(set(pictures)),
    }
    return (repair for repair, done in found.items() if done)
