"""Organisations that no book has, told by their legal form or by what is said of them: results without a security."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from ahocorasick_rs import AhoCorasick, MatchKind
from msgspec import Struct

from broadsheet.annotate.folding import fold
from broadsheet.annotate.mentions.cover import Cover
from broadsheet.annotate.tables import words


class Found(Struct, frozen=True):
    """An organisation found at `text[start:end]`; `legal` where it has its legal form."""

    start: int
    end: int
    legal: bool


def _any(kind: str) -> str:
    return "|".join(re.escape(fold(word)) for word in words("orgs_zh", kind))


_LEGAL: Final = re.compile(r"(?:股份有限公司|有限责任公司|集团有限公司|有限公司|\(有限合伙\)|（有限合伙）)")
_NAME_RUN: Final = re.compile(r"[\u4e00-\u9fffa-z0-9·&()（）.-]+$")
_PLACES: Final = re.compile(_any("place"))
_STOPS: Final = re.compile(_any("stop"))
_CUTS: Final = re.compile(_any("cut"))
_GENERIC: Final = frozenset(fold(word) for word in words("orgs_zh", "generic"))
_NO_NAME: Final = tuple(fold(word) for word in words("orgs_zh", "authority"))
_SHORT_END: Final = rf"(?:{_any('end')})"
_FORM: Final = re.compile(rf"{_SHORT_END}$")
_COUNTED: Final = re.compile("[一两二三四五六七八九十几数多][道份层重笔款项种类个只张]$")
_NAME: Final = r"[\u4e00-\u9fffa-z0-9·&]"
_RUN: Final = re.compile(rf"{_NAME}{{2,10}}$")
_EDGES: Final = frozenset('\n，,。；;！!？?：:“"「【》、（(_ 　')
_LATIN_SIGNS: Final = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_JOINTS: Final = frozenset("由与和及对向被将从给让据为")

_WHEN: Final = "近日|今日|昨日|日前|也|已|正式|联合"
_WHEN_BEFORE: Final = re.compile(rf"(?:{_WHEN})+$")
_DOING: Final = re.compile(
    rf"(?:{_WHEN})?(?:{_any('said')}|{_any('said_weak')}|{_any('title')}|领投|跟投|参投|股价|完成[^,，。;；\n]{{0,10}}融资)"
)
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_STRONG: Final = words("orgs_zh", "end")
_WEAK: Final = tuple(word for word in words("orgs_zh", "end_weak") if word not in _STRONG)
_SPEECH: Final = tuple(fold(word) for kind in ("said", "title", "said_weak") for word in words("orgs_zh", kind))
_PERSONS_TOO: Final = len(_STRONG) + len(_WEAK) + len(_SPEECH) - len(words("orgs_zh", "said_weak"))
_CUES: Final = AhoCorasick([*_STRONG, *_WEAK, *_SPEECH], matchkind=MatchKind.LeftmostLongest)
_FUNDED: Final = re.compile(r"(?:完成|获得?|获数)[^,，。;；\n]{0,18}?(?:轮|融资|投资)")
_FUNDED_BEFORE: Final = re.compile(rf"[”\"」_]?(?:{_WHEN}|宣布)*$")
_INVESTED: Final = re.compile("领投|跟投|参投|参与|增资|注资|战略投资")
_LIST: Final = r"(?P<list>[\u4e00-\u9fffa-z0-9·&、/]{2,60}?)"
_INVESTORS: Final = re.compile(
    rf"(?:由|获得?|方为|方包括|者|来自|[，,]){_LIST}(?=等?(?:\d+家|多家)?(?:投资)?(?:机构|方)?"
    r"(?:联合|共同|继续|跟进|独家)*(?:(?:领投|跟投|参投)(?!方|者)|参与(?:了)?(?:投资|跟投|本轮)|增资|注资|战略投资))"
)
_BOUGHT: Final = re.compile(
    rf"(?:收购|入股|增资|控股|转让|出售|认购|受让)(?:了|其|其持有的|所持)?(?P<name>{_NAME}{{2,10}}?)(?=(?:\d[\d.]*%的?(?:股|权益|控制权)|的?全部|部分|控股权|股权|股份|的股))"
)
_BACKERS: Final = re.compile(rf"投资方(?:为|包括|有){_LIST}(?=等|[。；，,\n]|$)")
_CODED: Final = re.compile(r"\((?:股票代码:?)?(?:\d{6}(?:\.s[hz])?|\d{4,5}\.hk)\)")
_FIRST_WORDS: Final = (
    "The A An Former New Its His Her Our Their Current Then Ex And But As For By With Of In On At To From Co"
)
_NO_FIRM: Final = rf"(?!(?:{_FIRST_WORDS.replace(' ', '|')})\b)"
_LATIN: Final = re.compile(
    rf"(?<![A-Za-z]){_NO_FIRM}"
    r"(?P<name>[A-Z][A-Za-z0-9.&-]{0,12}?[a-z][A-Za-z0-9.&-]{0,12}(?: [A-Z][A-Za-z0-9.&-]{1,24}){0,2}) ?$"
)
_TITLED: Final = re.compile(
    rf"\b{_NO_FIRM}"
    r"(?P<name>[A-Z][\w&-]{0,12}?[a-z][\w&-]{0,12}(?: [A-Z][\w&-]{1,24}){0,2})"
    r"(?='?s?’?s? (?:CEO|CFO|CTO|COO|co-?founder|founder|chief executive)\b)"
)
_ENGLISH: Final = re.compile(
    r"\b(?:[A-Z][\w&'-]{0,24}\.?,? ){1,4}"
    r"(?:Inc|Corp|Corporation|Ltd|Limited|LLC|PLC|plc|Holdings|Technologies|GmbH)\b\.?"
    r"|\b(?:[A-Z][\w&'-]{0,24} ){2,6}Group\b"
)
_FORMS: Final = ("Inc", "Corp", "Ltd", "Limited", "LLC", "PLC", "plc", "Holdings", "Technologies", "GmbH", "Group")
_OFFICES: Final = ("CEO", "CFO", "CTO", "COO", "founder", "chief executive")
_JOIN: Final = re.compile(r"[、/]|以及|和|与|及")


def find_organisations(folded: str, text: str) -> list[Found]:
    """Find organisations by form and by context, in order; none overlaps another, legal names go first."""
    found: list[Found] = []
    cover = Cover(len(folded))
    for candidate in (*_legal_names(folded), *_english(text), *_titled(text), *_short_names(folded, text)):
        if cover.is_free(candidate):
            cover.take(candidate)
            found.append(candidate)
    known = {folded[one.start : one.end] for one in found if not one.legal}
    return sorted([*found, *_again(folded, known, cover)], key=lambda one: one.start)


def _legal_names(folded: str) -> Iterator[Found]:
    if "公司" not in folded and "合伙" not in folded:
        return
    last = 0
    for form in _LEGAL.finditer(folded):
        run = _NAME_RUN.search(folded, max(last, form.start() - 40), form.start())
        start = _left_edge(folded, run.start(), form.start(), _CUTS) if run else form.start()
        if (
            form.start() - start >= 2
            and folded[start : form.start()] not in _GENERIC
            and "某" not in folded[start : form.start()]
        ):
            yield Found(start, form.end(), legal=True)
        last = form.end()


def _left_edge(folded: str, start: int, end: int, cuts: re.Pattern[str]) -> int:
    """Find where a name begins in a run of characters: behind the last word that is no part of it, at its place."""
    for found in cuts.finditer(folded, start, end):
        if end - found.end() >= 2:
            start = found.end()
    opened = folded.rfind("(", start, end), folded.rfind("（", start, end)
    place = next((found for found in _PLACES.finditer(folded, start, end) if found.start() - 1 not in opened), None)
    if place is not None and end - place.end() >= 2:
        return place.start()
    while start < end and folded[start] in ")）.-·&":
        start += 1
    return start


def _english(text: str) -> Iterator[Found]:
    for found in _ENGLISH.finditer(text) if any(form in text for form in _FORMS) else ():
        yield Found(found.start(), found.end(), legal=True)


def _titled(text: str) -> Iterator[Found]:
    """Find the firms that English texts give officers."""
    for found in _TITLED.finditer(text) if any(office in text for office in _OFFICES) else ():
        yield Found(found.start(), found.end(), legal=False)


def _short_names(folded: str, text: str) -> Iterator[Found]:
    yield from _checked(folded, _cued(folded, text))
    for match in _FUNDED.finditer(folded):
        lead = _FUNDED_BEFORE.search(folded, max(0, match.start() - 8), match.start())
        yield from _checked(folded, _before(folded, lead.start() if lead else match.start(), 10, _EDGES))
    for match in _BACKERS.finditer(folded) if "投资方" in folded else ():
        yield from _checked(folded, _items(folded, match.start("list"), match.end("list")))
    if _INVESTED.search(folded):
        for match in _INVESTORS.finditer(folded):
            yield from _checked(folded, _items(folded, match.start("list"), match.end("list")))
    for match in _BOUGHT.finditer(folded):
        yield from _checked(folded, [match.span("name")])
    yield from _before_codes(folded)


def _before_codes(folded: str) -> Iterator[Found]:
    """Find the names that stand before a code in brackets."""
    for match in _CODED.finditer(folded):
        if run := _RUN.search(folded, max(0, match.start() - 8), match.start()):
            yield Found(_left_edge(folded, run.start(), run.end(), _CUTS), run.end(), legal=False)


def _cued(folded: str, text: str) -> Iterator[tuple[int, int]]:
    """Give the names that end with the word for a trade, and what speaks or has officers."""
    for number, start, end in _CUES.find_matches_as_indexes(folded):
        if folded[start] in _LATIN_SIGNS and _in_word(folded, start, end):
            continue  # the office of "cto" in a factory
        if number >= len(_STRONG) + len(_WEAK):
            when = _WHEN_BEFORE.search(folded, max(0, start - 4), start)
            last = when.start() if when else start
            if latin := _LATIN.search(text, max(0, last - 30), last):
                yield latin.span("name")
            elif number < _PERSONS_TOO:
                yield from _before(folded, last, 8, _EDGES)
        elif _DOING.match(folded, end) or (number < len(_STRONG) and not _HAN.match(folded, end)):
            for first, _ in _before(folded, start, 4, _EDGES | _JOINTS):
                yield first, end


def _before(folded: str, end: int, longest: int, edges: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Give what stands between an edge and the place where a name must end."""
    run = _RUN.search(folded, max(0, end - 10), end)
    for start in range(end - 2, max(run.start(), end - longest) - 1, -1) if run else ():
        if start == 0 or folded[start - 1] in edges:
            yield start, end
            return


def _items(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for joint in _JOIN.finditer(folded, start, end):
        yield position, joint.start()
        position = joint.end()
    yield position, end


def _checked(folded: str, spans: Iterable[tuple[int, int]]) -> Iterator[Found]:
    for first, end in spans:
        start = _left_edge(folded, first, end, _STOPS) if not _PLACES.match(folded, first) else first
        name = folded[start:end]
        if is_name(name):
            yield Found(start, end, legal=False)


def holds_no_stop(words: str) -> bool:
    """Tell whether a name can go on through words: none of them joins or says something."""
    return not _STOPS.search(words)


def is_name(name: str) -> bool:
    """Tell whether a run of characters can be the name of a firm: no other word is known in it."""
    if len(name) < 2 or name.endswith(_NO_NAME) or name.isdigit():
        return False
    stem = _FORM.sub("", name)
    return stem not in _GENERIC and len(stem) > 1 and holds_no_stop(name) and not _COUNTED.match(stem)


def _again(folded: str, known: set[str], cover: Cover) -> Iterator[Found]:
    """Find the other places of names that were told by their context."""
    for name in sorted(known, key=lambda name: (-len(name), name)):
        for start, end in _places(folded, name):
            found = Found(start, end, legal=False)
            if cover.is_free(found):
                cover.take(found)
                yield found


def _places(folded: str, name: str) -> Iterator[tuple[int, int]]:
    """Find where a name stands; a Latin end of it is the end of a word. A pattern for each name would cost more."""
    start = folded.find(name)
    while start >= 0:
        end = start + len(name)
        goes_on = _in_word(folded, start, end)
        if not goes_on:
            yield start, end
        start = folded.find(name, start + 1 if goes_on else end)


def _in_word(folded: str, start: int, end: int) -> bool:
    """Tell whether a Latin end of a stretch is not that of its word."""
    goes_back = folded[start].isascii() and folded[max(0, start - 1) : start] in _LATIN_SIGNS
    return goes_back or (folded[end - 1].isascii() and folded[end : end + 1] in _LATIN_SIGNS)
