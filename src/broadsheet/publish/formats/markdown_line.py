"""A line of Markdown from inline HTML: emphasis, links, pictures, code; other elements stay HTML."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Final, Literal

from msgspec import Struct

from broadsheet.clean.dom import Element, text_of
from broadsheet.publish.formats.markdown_text import (
    code_span,
    escape_address,
    escape_attribute,
    escape_text,
    is_run_somewhere,
    kind_of,
)

Place = Literal["paragraph", "heading", "cell"]

_EMPHASIS: Final = {"**": "strong", "*": "em", "~~": "del"}
_MARKS: Final = {
    **dict.fromkeys(("b", "strong"), "**"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "*"),
    **dict.fromkeys(("del", "s"), "~~"),
}
_HTML: Final = frozenset({"abbr", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "samp", "small", "sub", "sup", "u"})
_SPACE: Final = re.compile(r"[ \t\n\r\f]+")
_DEEPEST: Final = 5


class Token(Struct, frozen=True):
    """A piece of a line: plain text, a finished piece of markup, the beginning or end of an element, or a break.

    `name` of a beginning or end is a mark of Markdown ("**"), "a", or the name of an element that stays HTML.
    """

    kind: Literal["text", "atom", "open", "close", "break"]
    text: str = ""
    name: str = ""


_BREAK: Final = Token("break")


def tokens_of(element: Element, within: tuple[str, ...] = ()) -> Iterator[Token]:
    """Read one inline element, without the text behind it; `within` names what is open around it."""
    tag = str(element.tag)
    name = "a" if tag == "a" and element.get("href") else _MARKS.get(tag) or (tag if tag in _HTML else "")
    if tag == "br":
        yield _BREAK
    elif tag == "img":
        yield Token("atom", _picture(element))
    elif tag == "code" and not len(element):
        yield from _code(element.text or "")
    elif tag == "code":
        yield from _wrapped(element, "code", within)
    elif name and name not in within and len(within) < _DEEPEST:
        yield from _wrapped(element, name, within)
    else:
        yield from tokens_in(element, within)


def tokens_in(element: Element, within: tuple[str, ...] = ()) -> Iterator[Token]:
    """Read the content of an element."""
    if element.text:
        yield Token("text", element.text)
    for child in element:
        yield from tokens_of(child, within)
        if child.tail:
            yield Token("text", child.tail)


def emphasised(tokens: Sequence[Token], name: str) -> list[Token]:
    """Put a mark round all of a line."""
    inner = [token for token in tokens if token.name != name]
    return [Token("open", name=name), *inner, Token("close", name=name)]


def _wrapped(element: Element, name: str, within: tuple[str, ...]) -> Iterator[Token]:
    yield Token("open", _opening(element, name), name)
    yield from tokens_in(element, (*within, name))
    yield Token("close", f"]({escape_address(element.get('href') or '')})" if name == "a" else f"</{name}>", name)


def _opening(element: Element, name: str) -> str:
    title = element.get("title") if name == "abbr" else None
    return "[" if name == "a" else f'<abbr title="{escape_attribute(title)}">' if title else f"<{name}>"


def _picture(element: Element) -> str:
    alt = " ".join((element.get("alt") or "").split())
    return f"![{escape_text(alt, starts_line=False)}]({escape_address(element.get('src') or '')})"


def _code(text: str) -> Iterator[Token]:
    """Read code; what some plugin would run is written as another element for the output of programs."""
    code = _SPACE.sub(" ", text)
    if not code.strip():
        yield Token("text", code)
    elif is_run_somewhere(code) or "|" in code:
        name = "samp" if is_run_somewhere(code) else "code"
        yield from (Token("open", f"<{name}>", name), Token("text", code), Token("close", f"</{name}>", name))
    else:
        yield Token("atom", code_span(code))


def write_line(tokens: Sequence[Token], place: Place) -> str:
    """Write tokens as Markdown: one line, or in a paragraph as many as there are breaks; "" for nothing to see."""
    folded = _fold(tokens)
    html = _cannot_be_marks(folded)
    written: list[str] = []
    for at, token in enumerate(folded):
        before = folded[at - 1] if at else _BREAK
        if token.kind == "text":
            text = escape_text(token.text, starts_line=before.kind == "break" and place == "paragraph")
            written.append(text[:-1] + "\\!" if text[-1] == "!" and _opens_link(folded, at + 1) else text)
        elif token.kind == "break":
            written.append("  \n" if place == "paragraph" else "<br>")
        elif token.name in _EMPHASIS:
            slash = "/" if token.kind == "close" else ""
            written.append(f"<{slash}{_EMPHASIS[token.name]}>" if at in html else token.name)
        elif token.kind == "atom" and token.text[0] == "`" and before.kind == "atom" and before.text[-1] == "`":
            written.append(f"<!-- -->{token.text}")
        else:
            written.append(token.text)
    return "".join(written)


def _opens_link(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].text.startswith("[")


def _fold(tokens: Sequence[Token]) -> list[Token]:
    """Fold white space as a browser does, move it out of elements, and drop elements without content."""
    out: list[Token] = []
    for token in tokens:
        if token.kind == "text":
            _put_text(out, token.text)
        elif token.kind == "close":
            _put_close(out, token)
        elif token.kind == "break":
            _put_break(out)
        else:
            out.append(token)
    while out and (out[-1].kind == "break" or out[-1].text == " "):
        out.pop()
    return _joined(out)


def _put_text(out: list[Token], text: str) -> None:
    words = _SPACE.sub(" ", text)
    if words.startswith(" "):
        at = len(out)
        while at and out[at - 1].kind == "open":
            at -= 1
        if at and out[at - 1].kind != "break" and out[at - 1].text != " ":
            out.insert(at, Token("text", " "))
    if words.strip(" "):
        out.append(Token("text", words.strip(" ")))
        if words.endswith(" "):
            out.append(Token("text", " "))


def _put_close(out: list[Token], token: Token) -> None:
    space = out.pop() if out and out[-1].kind == "text" and out[-1].text == " " else None
    if out and out[-1].kind == "open" and out[-1].name == token.name:
        out.pop()
    else:
        out.append(token)
    if space and out and out[-1].text != " ":
        out.append(space)


def _put_break(out: list[Token]) -> None:
    if out and out[-1].kind == "text" and out[-1].text == " ":
        out.pop()
    if any(token.kind != "open" for token in out) and out[-1].kind != "break":
        out.append(_BREAK)


def _joined(tokens: Sequence[Token]) -> list[Token]:
    out: list[Token] = []
    for token in tokens:
        if token.kind == "text" and out and out[-1].kind == "text":
            out[-1] = Token("text", out[-1].text + token.text)
        else:
            out.append(token)
    return out


def _cannot_be_marks(tokens: Sequence[Token]) -> set[int]:
    """Find the beginnings and ends of emphasis that Markdown would not see: `**“文字”**后` (CommonMark, 6.2)."""
    html: set[int] = set()
    opened: list[int] = []
    for at, token in enumerate(tokens):
        if token.kind == "open":
            opened.append(at)
        elif token.kind == "close":
            start = opened.pop()
            if token.name in _EMPHASIS and not (_flanks(tokens, start, 1) and _flanks(tokens, at, -1)):
                html |= {start, at}
    return html


def _flanks(tokens: Sequence[Token], at: int, inward: int) -> bool:
    """Tell whether a mark stands tight against what it encloses, and apart from what it does not."""
    inside, outside = _neighbour(tokens, at, inward), _neighbour(tokens, at, -inward)
    if "emphasis" in (inside, outside):
        return False
    return inside == "word" or (inside in ("mark", "symbol") and outside in ("mark", "space"))


def _neighbour(tokens: Sequence[Token], at: int, step: int) -> str:
    place = at + step
    if not 0 <= place < len(tokens) or tokens[place].kind == "break":
        return "space"
    token = tokens[place]
    if token.kind == "text":
        return kind_of(token.text[0] if step > 0 else token.text[-1])
    return "emphasis" if token.name in _EMPHASIS else "mark"


def is_plain(element: Element) -> bool:
    """Tell whether an element is text alone, whatever its formatting."""
    return next(element.iter("a", "img"), None) is None


def plain_text(element: Element) -> str:
    """Read the text of an element with its line breaks."""
    copy = deepcopy(element)
    copy.tail = None
    for line_break in copy.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return text_of(copy)
