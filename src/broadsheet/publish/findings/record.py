"""What was found in the posts, laid out by company and by story, and what pages that show it depend on."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b

import msgspec
from msgspec import Struct

from broadsheet.model import (
    BARS_AFTER,
    BARS_BEFORE,
    Bar,
    Company,
    CompanyName,
    CompanyTie,
    Edition,
    FactsRef,
    Findings,
    LedgerRef,
    PostRef,
    StoryRef,
)
from broadsheet.publish.almanac import Almanac

SHARE = 0.5
"""A story is a company's where so many of its posts name it, or where a claim in it is about it."""

_NO_FACTS = FactsRef("")
_SAFE_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,99}")


class Record(Struct, frozen=True, kw_only=True):
    """An edition's findings in order: posts and stories newest first by company, claims by story and by company.

    A post outside every story is the whole of its event: `claims_in` knows its claims by its own id.
    `marks` change whenever a company's names, listings or ties do; `owners` tell whose security a code is, and
    `names` who is called so, where that is only one.
    """

    findings: Findings
    almanac: Almanac
    companies: Mapping[str, Company]
    ties: Mapping[str, Sequence[CompanyTie]]
    marks: Mapping[str, str]
    owners: Mapping[str, str]
    names: Mapping[str, str]
    posts: Mapping[str, Sequence[PostRef]]
    stories: Mapping[str, Sequence[StoryRef]]
    claims_in: Mapping[str, Sequence[LedgerRef]]
    claims_of: Mapping[str, Sequence[LedgerRef]]
    windows: dict[tuple[str, date], str]

    def facts(self, post_id: str) -> FactsRef:
        """Tell what is known of a post's facts without reading them."""
        return self.findings.refs.get(post_id, _NO_FACTS)

    def bars(self, security: str, day: date) -> Sequence[Bar]:
        """Read the sessions round a day."""
        return self.findings.shelf.prices.bars(security, day - BARS_BEFORE, day + BARS_AFTER)

    def shown(self, refs: Iterable[PostRef]) -> Iterator[str]:
        """List, for a digest, all that is shown of the facts of these posts, and of what they are held against."""
        if self.findings.checking is not None:
            yield self.findings.checking.digest
        for ref in refs:
            facts = self.findings.refs.get(ref.id)
            if facts is not None:
                day = self.almanac.day_of(ref.published)
                yield facts.digest
                yield from (self.marks.get(company, "") for company in facts.companies)
                yield from (self.window(security, day) for security in facts.moved)

    def told(self, story: StoryRef, refs: Iterable[PostRef]) -> Iterator[str]:
        """List, for a digest, all that is shown of the claims of a story, and of the facts of its posts."""
        yield from self.shown(refs)
        yield from self.claimed(self.claims_in.get(story.id, ()))
        day = self.almanac.day_of(story.first)
        yield from (self.window(security, day) for security in self.securities(story))

    def claimed(self, claims: Iterable[LedgerRef]) -> Iterator[str]:
        """List, for a digest, all that is shown of claims."""
        for claim in claims:
            yield claim.digest
            yield from (self.marks.get(company, "") for company in claim.companies)

    def is_event(self, post_id: str) -> bool:
        """Tell whether a post outside every story has a dossier of its own: it claims something or reports a move."""
        return post_id in self.claims_in or bool(self.facts(post_id).moved)

    def securities(self, story: StoryRef) -> list[str]:
        """Name the securities of a story: of which it reports moves, then the first listings of whom it is about."""
        found = dict.fromkeys(moved for post in story.posts for moved in self.facts(post).moved)
        owners = {self.owners.get(security) for security in found}
        for claim in self.claims_in.get(story.id, ()):
            for company in claim.companies:
                listed = self.companies[company].securities if company in self.companies else ()
                if listed and company not in owners:
                    found[listed[0].code] = None
        return list(found)

    def window(self, security: str, day: date) -> str:
        """Name what the prices round a day are."""
        if (security, day) not in self.windows:
            bars = msgspec.json.encode(self.bars(security, day))
            self.windows[security, day] = blake2b(bars, digest_size=8).hexdigest()
        return self.windows[security, day]


def lay_out_record(edition: Edition, almanac: Almanac) -> Record | None:
    """Arrange an edition's findings; None where nobody looked for any."""
    findings = edition.findings
    if findings is None:
        return None
    named = {company for ref in findings.refs.values() for company in ref.companies}
    listed = (company for company in findings.book.companies if company.id in named)
    companies = {company.id: company for company in listed if _SAFE_ID.fullmatch(company.id) and company.names}
    ties = _ties(findings, companies)
    return Record(
        findings=findings,
        almanac=almanac,
        companies=companies,
        ties=ties,
        marks={name: _mark(company, ties.get(name, ())) for name, company in companies.items()},
        owners={listed.code: company.id for company in companies.values() for listed in company.securities},
        names=_names(companies.values()),
        posts=_posts(edition.refs, findings, companies),
        stories=_stories(edition.stories, findings, companies),
        claims_in=_by((claim, event) for claim in findings.ledger for event in (*claim.stories, *claim.alone)),
        claims_of=_by((claim, company) for claim in findings.ledger for company in claim.companies),
        windows={},
    )


def _names(companies: Iterable[Company]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for company in companies:
        for name in company.names:
            found.setdefault(name.text, set()).add(company.id)
    return {name: min(ids) for name, ids in found.items() if len(ids) == 1}


def _mark(company: Company, ties: Sequence[CompanyTie]) -> str:
    return blake2b(msgspec.json.encode((company, ties)), digest_size=8).hexdigest()


def _ties(findings: Findings, companies: Mapping[str, Company]) -> dict[str, list[CompanyTie]]:
    """List the ties of each company, from either end of them, to others that are in the book."""
    found: dict[str, list[CompanyTie]] = {}
    for tie in findings.book.ties:
        if tie.company in companies and tie.other in companies:
            found.setdefault(tie.company, []).append(tie)
            found.setdefault(tie.other, []).append(tie)
    return found


def _posts(refs: Iterable[PostRef], findings: Findings, companies: Mapping[str, Company]) -> dict[str, list[PostRef]]:
    found: dict[str, list[PostRef]] = {}
    if findings.refs:
        for ref in refs:
            for company in findings.refs.get(ref.id, _NO_FACTS).companies:
                if company in companies:
                    found.setdefault(company, []).append(ref)
    return found


def _stories(
    stories: Iterable[StoryRef], findings: Findings, companies: Mapping[str, Company]
) -> dict[str, list[StoryRef]]:
    """List the stories of each company: those of which enough posts name it, and those with a claim about it."""
    claimed: dict[str, set[str]] = {}
    for claim in findings.ledger:
        for told_in in claim.stories:
            claimed.setdefault(told_in, set()).update(claim.companies)
    found: dict[str, list[StoryRef]] = {}
    for story in stories:
        counts: dict[str, int] = {}
        for post in story.posts:
            for company in findings.refs.get(post, _NO_FACTS).companies:
                counts[company] = counts.get(company, 0) + 1
        enough = {company for company, count in counts.items() if count >= SHARE * len(story.posts)}
        for company in sorted(enough | claimed.get(story.id, set())):
            if company in companies:
                found.setdefault(company, []).append(story)
    return found


def _by(pairs: Iterable[tuple[LedgerRef, str]]) -> dict[str, list[LedgerRef]]:
    found: dict[str, list[LedgerRef]] = {}
    for claim, key in pairs:
        found.setdefault(key, []).append(claim)
    return found


def shown_name(company: Company, language: str) -> CompanyName:
    """Choose the name that a paper in a language calls a company by: a current one, short rather than legal."""
    primary = language.split("-", maxsplit=1)[0]
    ranks = {"short": 0, "brand": 1, "legal": 2, "former": 3}
    return min(company.names, key=lambda name: (name.language.split("-")[0] != primary, ranks[name.kind]))
