"""What all post files share: front matter in JSON values, above HTML that no template engine runs."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

from broadsheet.model import Feed, Post, iso

Value = str | bool | Sequence[str] | Mapping[str, "Value"] | None

_LINES: Final = re.compile(r"\s*[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\s*|\t")
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_HTML_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")
_UNPRINTABLE: Final = re.compile(r"[\u2028\u2029\ufeff\ufffe\uffff]")
_BRACE: Final = re.compile(r"\{(?=[{%#])")
_FENCE: Final = re.compile(r"`{3,}|~{3,}")
PLACEHOLDER: Final = "\ufffc"
_BLANK_LINE: Final = re.compile(r"\n(?=[ \t]*(?:\n|\Z))")


def facts(post: Post, feed: Feed) -> dict[str, Value]:
    """Say of a post what every generator understands, in the order in which it is written."""
    authors = [person.name for person in post.authors if person.name]
    return {
        "title": post.title,
        "date": iso(post.published),
        "updated": iso(post.updated) if post.updated else None,
        "categories": feed.section,
        "tags": post.categories,
        "author": authors[0] if len(authors) == 1 else authors,
        "link": post.link,
        "thumbnail": post.image.url if post.image else None,
        "lang": post.language,
        "id": post.id,
    }


def document(fields: Mapping[str, Value], body: str) -> str:
    """Write a post file: a line of `key: JSON` for each value that is there, then the body.

    A JSON value is the same value in YAML, whatever a feed put into it (YAML 1.2, section 1.3).
    """
    lines = [f"{key}: {_json(value)}" for key, value in fields.items() if value or value is False]
    return "\n".join(["---", *lines, "---", body, ""])


def one_line(text: str) -> str:
    """Make text fit for one line of a header: no control characters, no lone surrogates, no line ends."""
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", _LINES.sub(" ", text)))


def harmless(html: str) -> str:
    """Write HTML so that no template engine finds anything to run in it, while it reads the same in a browser.

    Escaped as entities: the brace that opens a tag of Nunjucks, Liquid, Tera or a Hugo shortcode; code fences, which
    Hexo turns into tables even in HTML; and U+FFFC, by which Hexo finds its own placeholders again and fails if a
    post brings one along.
    """
    text = _SURROGATES.sub("\ufffd", _HTML_CONTROLS.sub("", html.replace("\r\n", "\n").replace("\r", "\n")))
    text = _FENCE.sub(lambda match: f"&#{ord(match[0][0])};" * len(match[0]), _BRACE.sub("&#123;", text))
    return text.replace(PLACEHOLDER, "&#65532;")


def html_block(html: str) -> str:
    """Write HTML as one block that Markdown leaves alone (CommonMark, section 4.6, kind 6)."""
    return f"<div>\n{html_lines(html)}\n</div>"


def html_lines(html: str) -> str:
    """Write harmless HTML without a blank line, which would end a block of HTML in Markdown."""
    return _BLANK_LINE.sub("&#10;", harmless(html).strip())


def _json(value: Value) -> str:
    text = json.dumps(_plain(value), ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _plain(value: Value) -> object:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items() if part or part is False}
    return [one_line(part) for part in value] if isinstance(value, Sequence) else value
