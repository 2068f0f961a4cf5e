"""Companies named in a text, linked to their securities where the book tells which; never by a guess."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final
from unicodedata import normalize

from msgspec import Struct, field, structs

from broadsheet.annotate.companies.codes import write_code
from broadsheet.annotate.companies.naming import legal_cores
from broadsheet.annotate.mentions.aliases import find_aliases
from broadsheet.annotate.mentions.contexts import Bounds, is_cited, means_company
from broadsheet.annotate.mentions.cover import Cover
from broadsheet.annotate.mentions.listings import choose_listing, listings_on, markets_named
from broadsheet.annotate.mentions.lookup import Hit, NameBook, Named
from broadsheet.annotate.mentions.mates import list_mates
from broadsheet.annotate.mentions.organisations import Found, find_organisations, holds_no_stop
from broadsheet.annotate.tables import words
from broadsheet.model import Company, CompanyRelation, Mention

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_WORD: Final = re.compile(r"[a-z0-9_]")
_CODE: Final = re.compile(
    r"[(（\[<]\s*(?:股票代码|证券代码|代码)?[:：]?\s*"
    r"(?:(?P<market>nasdaq|nyse|hkex|sehk|hk|sh|sz|us)[:：\s]\s*)?(?P<code>[a-z0-9]{1,6}(?:[.-][a-z]{1,2})?(?:\.[a-z]{2})?)\s*"
    r"(?:[,，;；/][^)）\]>]{0,24})?[)）\]>]"
)
_SUFFIXED: Final = re.compile(r"(?<![a-z0-9.])(?:\d{6}\.(?:sh|sz|bj)|\d{4,5}\.hk)(?![a-z0-9])")
_GOES_ON: Final = re.compile(
    r"(?P<its>(?:公司|集团)(?!有限|股份|控股|公司))"
    rf"|(?!证券(?:部|事务))(?:{'|'.join(words('orgs_zh', 'other_firm'))})"
)
_LONGER: Final = re.compile(r"(?P<rest>[\u3400-\u9fff]{2,8})(?=[(（])")
_FIRST_HAN: Final = "\u3400"
_SMALL: Final = 4


class Setting(Struct, frozen=True):
    """A text as the finders see it."""

    text: str
    folded: str
    day: date
    book: NameBook
    bounds: Bounds
    markets: dict[tuple[int, int], frozenset[str]] = field(default_factory=dict)
    """The markets that stretches of the text name, kept as they are asked for."""


def find_mentions(setting: Setting) -> list[Mention]:
    """Find the companies named in a text, in its order; none overlaps another."""
    every = list(setting.book.find(setting.folded))
    masked = Cover(len(setting.text), (hit for hit in every if not hit.named))
    organisations = [
        found for found in find_organisations(setting.folded, setting.text) if found.legal or masked.is_free(found)
    ]
    cover = Cover(len(setting.text), (found for found in organisations if found.legal))
    hits = [hit for hit in every if hit.named and cover.is_free(hit) and _stands(setting, hit)]
    certain = [hit.start for hit in hits if hit.plain]
    linked = list(_apart(_extended(setting, hit) for hit in hits if hit.plain or _is_meant(setting, hit, certain)))
    present = frozenset(one.company.id for hit in linked for one in hit.named)
    mentions = [_linked(setting, hit, present) for hit in linked]
    mentions += [_organisation(setting, found, present) for found in organisations if found.legal]
    cover = Cover(len(setting.text), mentions)
    _add(mentions, cover, (_unlinked(setting, found) for found in organisations if not found.legal))
    _add(mentions, cover, [_unlinked(setting, found) for found in list_mates(setting.folded, mentions)])
    _add(mentions, cover, list(_coded(setting, mentions)))
    _add(mentions, cover, list(_abbreviated(setting, mentions, (cover, masked))))
    _add(mentions, cover, [_renamed(setting, found, one) for found, one in find_aliases(setting.text, mentions)])
    return sorted(mentions, key=lambda mention: mention.start)


def _apart(hits: Iterable[Hit]) -> Iterator[Hit]:
    """Leave out names that a longer one before them has taken in."""
    end = 0
    for hit in hits:
        if hit.start >= end:
            end = hit.end
            yield hit


def _add(mentions: list[Mention], cover: Cover, more: Iterable[Mention]) -> None:
    """Add the mentions whose words are not taken."""
    for mention in more:
        if cover.is_free(mention):
            cover.take(mention)
            mentions.append(mention)


def _stands(setting: Setting, hit: Hit) -> bool:
    """Tell whether a name stands as a word: a Latin one by itself, and written as a name is."""
    folded, start, end = setting.folded, hit.start, hit.end
    if folded[start] >= _FIRST_HAN and folded[end - 1] >= _FIRST_HAN:
        return True
    if _WORD.match(folded, start) and start and _WORD.match(folded[start - 1]):
        return False
    if not _WORD.match(folded[end - 1]):
        return True
    if end < len(folded) and _WORD.match(folded, end):
        return False
    return bool(_HAN.search(folded, start, end)) or _is_written(setting.text[start:end], hit)


def _is_written(surface: str, hit: Hit) -> bool:
    """Tell whether a Latin name has its capitals; a short one exactly its own."""
    surface = normalize("NFKC", surface)
    if len(surface) <= _SMALL:
        return any(surface in (one.name.text, one.name.text.upper()) for one in hit.named)
    return surface[0].isupper() or any(surface == one.name.text for one in hit.named)


def _is_meant(setting: Setting, hit: Hit, certain: Sequence[int]) -> bool:
    """Tell whether a name that is a word or an outlet too stands for the company here."""
    if any(one.company.outlet for one in hit.named):
        return not is_cited(setting.folded, hit.start, hit.end) and _shown(setting, hit)
    return _shown(setting, hit) or _in_list(setting, hit, certain)


def _shown(setting: Setting, hit: Hit) -> bool:
    english = not _HAN.search(setting.folded, hit.start, hit.end)
    return means_company(setting.folded, hit.start, hit.end, english=english)


def _in_list(setting: Setting, hit: Hit, certain: Sequence[int]) -> bool:
    """Tell whether a name is an item of a list in whose clause a company stands that is no common word."""
    around = setting.folded[max(0, hit.start - 1) : hit.start] + setting.folded[hit.end : hit.end + 1]
    if "、" not in around:
        return False
    start, end = setting.bounds.clause(hit.start)
    place = bisect_left(certain, start)
    return place < len(certain) and certain[place] < end


def _extended(setting: Setting, hit: Hit) -> Hit:
    """Take 公司 or 集团 after a name with it; a name that goes on to another firm's is not the issuer's."""
    if (other := _LONGER.match(setting.folded, hit.end)) and _is_of_another(setting, hit, other):
        return Hit(hit.start, other.end("rest"), ())
    goes_on = _GOES_ON.match(setting.folded, hit.end)
    if goes_on is None or not _HAN.match(setting.folded, hit.start):
        return hit
    return Hit(hit.start, goes_on.end(), hit.named if goes_on["its"] else ())


def _is_of_another(setting: Setting, hit: Hit, rest: re.Match[str]) -> bool:
    """Tell whether a name goes on to that of the issuer whose code stands behind: 中国恒大新能源汽车（0708.HK）."""
    issuer = setting.book.codes.get(_code_after(setting, rest.end("rest")) or "")
    known = issuer is None or issuer.id in {one.company.id for one in hit.named}
    return not known and holds_no_stop(rest["rest"])


def _linked(setting: Setting, hit: Hit, present: frozenset[str]) -> Mention:
    surface = setting.text[hit.start : hit.end]
    named = _valid(setting, hit.named)
    coded = _code_after(setting, hit.end)
    if coded is not None:
        named = (
            tuple(one for one in named if coded in {security.code for security in one.company.securities}) or named
        )
    if not named:
        return _unlinked(setting, Found(hit.start, hit.end, legal=False))
    if len(named) > 1:
        codes = [security.code for one in named for security in listings_on(one.company, setting.day)]
        return Mention(start=hit.start, end=hit.end, surface=surface, securities=tuple(dict.fromkeys(codes)))
    return _as_mention(setting, hit, named[0].company, present, coded)


def _valid(setting: Setting, named: tuple[Named, ...]) -> tuple[Named, ...]:
    """Leave the companies that bore the name; those that still bear it before those that once did."""
    if len(named) == 1 and named[0].name.since is None:
        return named
    named = tuple(one for one in named if one.is_valid(setting.day))
    bearing = tuple(one for one in named if one.name.until is None or setting.day < one.name.until)
    return bearing or named


def _as_mention(
    setting: Setting, hit: Hit | Found, company: Company, present: frozenset[str], coded: str | None
) -> Mention:
    surface, name = setting.text[hit.start : hit.end], company.names[0].text
    relation: CompanyRelation = "issuer"
    issuers: tuple[Company, ...] = (company,)
    if not company.securities:
        kinship = setting.book.kinship(company)
        relation = kinship.relation
        issuers = tuple(sorted(kinship.issuers, key=lambda issuer: issuer.id not in present))
    listings = [listings_on(issuer, setting.day) for issuer in issuers]
    codes = tuple([security.code for found in listings for security in found])
    if coded in codes:
        chosen: str | None = coded
    elif relation == "jv":
        chosen = None  # no listing of a partner is the venture's
    else:
        own = listings[0] if listings else ()
        chosen = choose_listing(own, _markets(setting, hit) if len(own) > 1 else ())
    return Mention(
        start=hit.start,
        end=hit.end,
        surface=surface,
        company=name,
        company_id=company.id,
        security=chosen,
        securities=codes,
        relation=relation,
    )


def _markets(setting: Setting, hit: Hit | Found) -> Iterator[frozenset[str]]:
    """Tell the markets named in the clause, in the sentence, in the text."""
    for start, end in (setting.bounds.clause(hit.start), setting.bounds.sentence(hit.start), (0, len(setting.text))):
        if (start, end) not in setting.markets:
            setting.markets[start, end] = markets_named(setting.folded[start:end])
        yield setting.markets[start, end]


def _code_after(setting: Setting, end: int) -> str | None:
    """Read the code in brackets behind a name, as in 小米（1810.HK）."""
    found = _CODE.match(setting.folded, end)
    if not found:
        return None
    code = write_code(found["code"], found["market"])
    return code if code and (found["market"] or not found["code"].isalpha()) else None


def _organisation(setting: Setting, found: Found, present: frozenset[str]) -> Mention:
    """Link a legal name by the name without its legal form, where the book has exactly that."""
    surface = setting.text[found.start : found.end]
    for name in legal_cores(surface):
        named = _valid(setting, setting.book.named(name))
        if len(named) == 1 and not (_HAN.search(name) and name != surface and named[0].name.common_word):
            return _as_mention(setting, found, named[0].company, present, _code_after(setting, found.end))
    return _unlinked(setting, found)


def _unlinked(setting: Setting, found: Found) -> Mention:
    code = _code_after(setting, found.end)
    issuer = setting.book.codes.get(code or "")
    surface = setting.text[found.start : found.end]
    if issuer is not None:
        return _as_mention(setting, found, issuer, frozenset(), code)
    return Mention(
        start=found.start, end=found.end, surface=surface, security=code, securities=(code,) if code else ()
    )


def _coded(setting: Setting, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Link codes that stand without a name before them."""
    named = {mention.end for mention in mentions}
    written = any(suffix in setting.folded for suffix in (".sh", ".sz", ".bj", ".hk"))
    for found in _SUFFIXED.finditer(setting.folded) if written else ():
        code = write_code(found[0])
        issuer = setting.book.codes.get(code or "")
        bracketed = setting.folded[: found.start()].rstrip(" (（[<:：")
        if issuer is not None and len(bracketed) not in named:
            hit = Found(found.start(), found.end(), legal=False)
            yield _as_mention(setting, hit, issuer, frozenset(), code)


def _renamed(setting: Setting, found: Found, known: Mention) -> Mention:
    """Say of another name what is known of the company."""
    surface = setting.text[found.start : found.end]
    security = known.security
    if surface.removesuffix("股").endswith("B"):  # a class of share with a listing of its own
        security = next((code for code in known.securities if code.startswith(("200", "900"))), None)
    return structs.replace(known, start=found.start, end=found.end, surface=surface, security=security)


def _abbreviated(setting: Setting, mentions: Sequence[Mention], taken: Sequence[Cover]) -> Iterator[Mention]:
    """Link what is left of a name once it has been said whole: 立讯精密, then 立讯."""
    for identity in dict.fromkeys(mention.company_id for mention in mentions if mention.relation == "issuer"):
        company = setting.book.companies[identity or ""]
        for stem in setting.book.stems(company):
            place = setting.folded.find(stem)
            while place >= 0:
                found = Found(place, place + len(stem), legal=False)
                if all(cover.is_free(found) for cover in taken):
                    yield _as_mention(setting, found, company, frozenset(), None)
                place = setting.folded.find(stem, found.end)
