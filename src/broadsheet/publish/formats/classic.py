"""The classic form that this project began from, rendered from a post's fields.

It is for archives and for whoever still reads it; for building a site, take the form of its generator.
"""

import re
from email.utils import format_datetime
from typing import Final

from broadsheet.model import Feed, Post
from broadsheet.publish.formats.document import one_line

_FORM: Final = (
    "\n---\ntitle: {title}\ncategories: {categories}\nheadimg: {image}\nauthor: {author}\ncomments: false\n"
    "date: {date}\nthumbnail: {image}\n---\n\n<div>   \n{html}  \n</div>\n            "
)
_BRACES: Final = str.maketrans({"{": "&#123;", "}": "&#125;"})
_PLAIN: Final = re.compile(
    r"(?!(?:true|false|yes|no|on|off|null|y|n)\Z)"
    r"(?![\d_.+-]*(?:e[\d+-]|\Z))(?!0[xob])(?!\d+-)"
    r"\w[^:#,\[\]{}&*!|>'\"%@`\u2028\u2029\ufeff\ufffe\uffff]*(?<!\s)",
    re.IGNORECASE,
)
_UNPRINTABLE: Final = re.compile(r"[\u2028\u2029\ufeff\ufffe\uffff]")


def file_name(post: Post) -> str:
    """Name the file."""
    return f"{post.id}.md"


def render(post: Post, feed: Feed) -> str:
    """Write the post; braces become entities in the whole file, as the first writer of this form did it."""
    values = {
        "title": _title(post.title),
        "categories": "".join(f"\n - {_plain(part)}" for part in feed.section),
        "image": _quoted(post.image.url if post.image else ""),
        "author": _plain(next((person.name for person in post.authors if person.name), feed.label)),
        "date": format_datetime(post.published, usegmt=True),
        "html": post.html,
    }
    return _FORM.format(**{key: value.translate(_BRACES) for key, value in values.items()})


def _title(text: str) -> str:
    line = _line(text)
    return f'"{line}"' if "'" in line and not ('"' in line or "\\" in line) else _quoted(text)


def _plain(text: str) -> str:
    return text if _PLAIN.fullmatch(text) and text == _line(text) else _quoted(text)


def _quoted(text: str) -> str:
    return "'" + _line(text).replace("'", "''") + "'"


def _line(text: str) -> str:
    return _UNPRINTABLE.sub("", one_line(text))
