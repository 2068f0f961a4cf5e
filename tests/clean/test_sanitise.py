"""Nothing hostile gets out: read back by another parser, everything is on the list."""

import json
import re
from importlib import import_module
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.clean import clean_entry, sanitise
from broadsheet.clean.embeds.frames import ALLOWED_FRAMES
from broadsheet.clean.sanitise import ATTRIBUTES, CALM, FORCED, SCHEMES, TAGS
from broadsheet.model import ParsedEntry

ADDRESSES = {"href", "src", "poster"}
FAMILIES: dict[str, list[str]] = json.loads(Path(__file__).with_name("attacks.json").read_text("utf-8"))
"""Attacks of our own, by what they play with; `test_browser.py` opens them in Chromium."""
OWN_ATTACKS = [
    *(payload for family in FAMILIES.values() for payload in family),
    *("".join(family) for family in FAMILIES.values()),
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='java\tscript:alert(1)'>x</a>",
    "<a href='&#106;avascript:alert(1)'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<iframe src='https://evil.example/'></iframe>",
    "<IFRAME SRC='https://evil.example/'></IFRAME>",
    "<iframe src='https://player.bilibili.com.evil.example/'></iframe>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<img srcset='javascript:alert(1) 1x, https://a.example/b.jpg 2x' src='https://a.example/a.jpg'>",
    "<IMG SRCSET='javascript:alert(1) 1x' src='https://a.example/a.jpg'>",
    "<blockquote cite='javascript:alert(1)'>x</blockquote>",
    "<video poster='javascript:alert(1)' src='https://a.example/a.mp4'></video>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "<textarea><img title='</textarea><img src=x onerror=alert(1)>'></textarea>",
    "<a style='position:fixed;inset:0' id=x class=y name=z target=_top href='https://a.example/'>x</a>",
    "<base href='https://evil.example/'><link rel=stylesheet href='https://evil.example/x.css'>",
    "<table background='https://evil.example/x.png'><td background='javascript:alert(1)'>x</table>",
    "&#1;<p>&#&#1;1;\x00\x01</p>\ud800",
]


def _elements(markup: str) -> list[Element]:
    tree = html5lib.parseFragment(markup, treebuilder="etree", namespaceHTMLElements=False)
    return [element for element in tree.iter() if element is not tree]


def _allowed(tag: str) -> set[str]:
    return (
        ATTRIBUTES.get(tag, set())
        | set(CALM.get(tag, {}))
        | set(FORCED.get(tag, {}))
        | ({"rel"} if tag == "a" else set())
    )


def _scheme_of(address: str) -> str | None:
    """Read a scheme as a browser does (WHATWG URL Standard, section 4.4): without breaks and leading controls."""
    read = re.sub(r"[\t\r\n]", "", address).lstrip("".join(map(chr, range(33))))
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", read, re.IGNORECASE)
    return scheme[1].lower() if scheme else None


def _check(markup: str) -> None:
    for element in _elements(markup):
        assert element.tag in TAGS, markup
        assert set(element.attrib) <= _allowed(element.tag), markup
        for name in ADDRESSES & set(element.attrib):
            assert _scheme_of(element.attrib[name]) in SCHEMES, markup
        if element.tag == "iframe":
            assert element.attrib["src"].split("/")[2] in ALLOWED_FRAMES
            assert element.attrib["sandbox"]
        for candidate in element.attrib.get("srcset", "").split(","):
            assert not candidate or candidate.strip().startswith(("https://", "http://")), markup


@pytest.mark.parametrize("payload", OWN_ATTACKS)
def test_own_attacks_leave_only_what_is_on_the_list(payload: str) -> None:
    _check(sanitise(payload))
    _check(clean_entry(ParsedEntry(content=payload, link="https://a.example/")).html)


@pytest.mark.parametrize("payload", OWN_ATTACKS)
def test_sanitising_twice_is_sanitising_once(payload: str) -> None:
    once = sanitise(payload)
    assert sanitise(once) == once


def test_dompurify_cases_leave_only_what_is_on_the_list(shared: Path) -> None:
    cases = json.loads((shared / "data/xss/dompurify_cases.json").read_text("utf-8"))
    assert len(cases) == 223
    for case in cases:
        for base in (None, "https://a.example/b/"):
            html = clean_entry(ParsedEntry(content=case["payload"], link=base)).html
            _check(html)
            _check(sanitise(case["payload"]))
            assert clean_entry(ParsedEntry(content=html, link=base)).html == html


def test_pictures_are_lazy_and_tell_nobody_where_they_are_shown() -> None:
    html = sanitise('<img src="https://a.example/a.jpg" loading="eager" referrerpolicy="unsafe-url">')
    assert html == '<img loading="lazy" src="https://a.example/a.jpg" referrerpolicy="no-referrer">'


def test_links_open_no_door_back() -> None:
    assert sanitise('<a href="https://a.example/" rel="opener" target="_blank">x</a>') == (
        '<a href="https://a.example/" rel="noopener noreferrer">x</a>'
    )


def test_elements_without_their_address_go() -> None:
    assert sanitise('<img alt="x"><iframe src="https://evil.example/"></iframe><img src="/relative.jpg">') == ""


def test_a_film_keeps_its_poster_gets_controls_and_waits() -> None:
    html = sanitise('<video src="https://a.example/a.mp4" poster="https://a.example/a.jpg" autoplay></video>')
    assert html == (
        '<video preload="none" src="https://a.example/a.mp4" poster="https://a.example/a.jpg" controls=""></video>'
    )


def test_whole_subtrees_of_what_is_no_article_go() -> None:
    markup = "<p>a<script>b</script><style>c</style><svg>d</svg><math>e</math><template>f</template></p>"
    assert sanitise(markup) == "<p>a</p>"


def test_bytes_are_the_same_in_every_order_of_attributes() -> None:
    assert sanitise('<iframe sandbox="" src="https://player.vimeo.com/1" loading="lazy"></iframe>') == (
        '<iframe src="https://player.vimeo.com/1" loading="lazy" '
        'sandbox="allow-scripts allow-same-origin allow-popups"></iframe>'
    )


MARKUP = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            ["<p>", "</p>", "<b>", "<table>", "<td>", "<a href=https://a.example/>", "<svg>", "<style>", "<!--"]
        ),
        st.sampled_from(
            ["<img src=https://a.example/a.jpg srcset='b 1x,javascript:1 2x'>", "<iframe src=//a>", "]]>", "<pre>\n"]
        ),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=150)
@given(MARKUP)
def test_anything_sanitised_is_on_the_list_and_stable(markup: str) -> None:
    html = sanitise(markup)
    _check(html)
    assert sanitise(html) == html


def test_what_never_settles_becomes_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("broadsheet.clean.sanitise"), "_ROUNDS", 0)
    assert "<" not in sanitise("<p>x</p>")
