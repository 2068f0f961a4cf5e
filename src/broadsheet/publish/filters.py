"""Small pieces of markup that templates ask for by name; filters, because a macro costs ten times as much."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

import msgspec
from markupsafe import Markup, escape

from broadsheet.model import Paper
from broadsheet.publish.addresses import day_folder, web_link
from broadsheet.publish.almanac import Almanac
from broadsheet.publish.findings.charts import draw_candles, draw_ruler, draw_years, signed
from broadsheet.publish.findings.claims import MOONS
from broadsheet.publish.findings.record import shown_name
from broadsheet.publish.pictures import picture
from broadsheet.publish.sparks import draw_spark

# A run of Han characters that may not fit a narrow column, but for its last three, which stay with what follows.
_LONG_RUN = re.compile(
    "([\u3400-\u4dbf\u4e00-\u9fff]{3})([\u3400-\u4dbf\u4e00-\u9fff]{3,})(?=[\u3400-\u4dbf\u4e00-\u9fff]{3})"
)
# What XML 1.0 cannot hold in any spelling (section 2.2).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_BEGINNING = re.compile(r".{12,48}?(?=[ ,;:，；：、])")
# Of a text directive: all of ASCII but letters and digits, for "-", "," and "&" have a meaning there.
_NOT_IN_FRAGMENT = re.compile("[^0-9A-Za-z\u0080-\U0010ffff]+")


def filters(paper: Paper, almanac: Almanac) -> Mapping[str, Callable[..., Any]]:
    """Make a paper's filters, by the names that templates call them."""

    def stamp(moment: datetime) -> Markup:
        local = almanac.local(moment)
        return _time(almanac.machine(local), almanac.stamp(local))

    def clock(moment: datetime, today: date | None = None) -> Markup:
        local = almanac.local(moment)
        text = almanac.clock(local) if today is None else almanac.clock_or_day(local, today)
        return _time(almanac.machine(local), text)

    def as_printed(value: str, precision: str) -> str:
        """Write a day that a text named as far as it named it: ISO 8601, to the year at least."""
        if precision == "day":
            return almanac.full(date.fromisoformat(value))
        return almanac.month(date.fromisoformat(f"{value}-01")) if precision == "month" else value.replace("-", " ")

    def lang(language: str | None) -> Markup:
        """Mark text in another language than the page's."""
        if not language or language == paper.language:
            return Markup()
        return Markup(' lang="{}"').format(language)

    def ours(around: str | None) -> Markup:
        """Mark text in the page's language inside of another one."""
        return Markup(' lang="{}"').format(paper.language) if lang(around) else Markup()

    return {
        "stamp": stamp,
        "clock": clock,
        "as_printed": as_printed,
        "folder": day_folder,
        "date": almanac.full,
        "headline": headline,
        "lang": lang,
        "ours": ours,
        "percent": percent,
        "signed": signed,
        "moon": MOONS.__getitem__,
        "called": lambda company: shown_name(company, paper.language),
        "candles": draw_candles,
        "ruler": draw_ruler,
        "years": draw_years,
        "spark": draw_spark,
        "web": web_link,
        "picture": picture,
        "fragment": text_fragment,
        "size": readable_size,
        "grouped": "{:,}".format,
        "xml": xml_text,
    }


def _time(machine: str, text: str) -> Markup:
    return Markup(f'<time datetime="{machine}">{escape(text)}</time>')  # noqa: S704 (a number and an escaped text)


def headline(title: str) -> Markup:
    """Let a headline break at its punctuation, and inside a long run of Han characters only away from its ends.

    The stylesheet keeps Han characters together (`word-break: keep-all`); each `<wbr>` is a place to break after all.
    """
    return Markup(_LONG_RUN.sub(_breakable, escape(title)))  # noqa: S704 (escaped, and <wbr>)


def _breakable(run: re.Match[str]) -> str:
    return "<wbr>".join((run[1], *run[2], ""))


def linked_data(thing: Mapping[str, object]) -> Markup:
    """Write a description for machines (JSON-LD), safe inside a script element."""
    # Without "<" nothing can end the element or start markup in it (HTML, section 4.12.1.3).
    return Markup(msgspec.json.encode(thing).decode().replace("<", "\\u003c"))  # noqa: S704


def percent(share: float) -> str:
    """Write a share of 0 to 1 in whole percent; what is not all never reads 100 %, what is not none never 0 %."""
    whole = round(100 * share)
    return f"{min(max(whole, int(share > 0)), 100 if share >= 1 else 99)}%"


def text_fragment(text: str) -> str:
    """Write a text for an address that leads to it on its page (URL Fragment Text Directives, section 3.3).

    Its beginning is enough, cut where a word ends; a browser looks for whole words only.
    """
    beginning = _BEGINNING.match(text)
    return _NOT_IN_FRAGMENT.sub(
        lambda found: quote(found[0]).replace("-", "%2D"), beginning[0] if beginning else text
    )


def xml_text(text: str) -> str:
    """Leave out the characters that no XML document may hold."""
    return _NOT_XML.sub("", text)


def readable_size(count: int) -> str:
    """Write a number of bytes to two or three figures: 912 B, 4.1 MB (powers of 1000)."""
    amount = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if amount < 999.5:
            return f"{amount:.0f} {unit}" if unit == "B" or amount >= 10 else f"{amount:.1f} {unit}"
        amount /= 1000
    return f"{amount:.1f} TB"
