"""What was found in posts, for machines: organisations, and a review of each move that was checked (schema.org)."""

from collections.abc import Iterable, Mapping
from typing import Final

from broadsheet.model import Annotations, Company, Origin, iso
from broadsheet.publish.findings.moves import Said
from broadsheet.publish.findings.record import shown_name
from broadsheet.publish.press import Press

MOST_REVIEWS: Final = 12
_RATINGS: Final = {"matches": 5, "differs": 1}


def organisation(press: Press, company: Company) -> Mapping[str, object]:
    """Describe a company, with the codes of its securities."""
    paper = press.theme.paper
    described: dict[str, object] = {
        "@type": "Corporation" if company.securities else "Organization",
        "name": shown_name(company, paper.language).text,
        "url": f"{paper.address}c/{company.id}/",
    }
    if company.securities:
        described["tickerSymbol"] = [listed.code for listed in company.securities]
    return described


def named_in(press: Press, facts: Annotations) -> Mapping[str, object]:
    """Describe whom a post is about (the parties of its claims), whom else it names, and which outlets it cites."""
    record = press.record
    if record is None:
        return {}
    claimed = {party for claim in facts.claims for party in claim.parties}
    about: dict[str, Company] = {}
    others: dict[str, Company] = {}
    for mention in facts.mentions:
        company = record.companies.get(mention.company_id or "")
        if company:
            meant = not claimed.isdisjoint((mention.surface, mention.company))
            (about if meant else others)[company.id] = company
    described = {
        "about": [organisation(press, company) for company in about.values()],
        "mentions": [organisation(press, company) for name, company in others.items() if name not in about],
        "citation": _cited(facts.origins),
    }
    return {key: value for key, value in described.items() if value}


def _cited(origins: Iterable[Origin]) -> list[Mapping[str, object]]:
    outlets = dict.fromkeys(origin.outlet for origin in origins)
    return [{"@type": "CreativeWork", "publisher": {"@type": "Organization", "name": name}} for name in outlets]


def reviews_of(press: Press, folder: str, said: Iterable[Said]) -> Mapping[str, object] | None:
    """Describe the checks on the page of a folder that came to a verdict (ClaimReview); None where none did."""
    checked = [one for one in said if one.word in _RATINGS][:MOST_REVIEWS]
    if not checked:
        return None
    return {"@context": "https://schema.org", "@graph": [_review(press, folder, one) for one in checked]}


def _review(press: Press, folder: str, said: Said) -> Mapping[str, object]:
    paper, words = press.theme.paper, press.theme.words
    verdict = words.gettext("matches") if said.word == "matches" else words.gettext("does not match")
    who = said.move.instrument or (shown_name(said.company, paper.language).text if said.company else "")
    review: dict[str, object] = {
        "@type": "ClaimReview",
        "url": f"{paper.address}{folder}#market",
        "claimReviewed": f"{who} {said.move.surface}".strip(),
        "author": {"@type": "Organization", "name": paper.title, "url": paper.address},
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": _RATINGS[said.word],
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": verdict,
            **({"ratingExplanation": said.check.verdict} if said.check else {}),
        },
        "itemReviewed": {
            "@type": "Claim",
            "datePublished": iso(said.post.published),
            "appearance": {
                "@type": "NewsArticle",
                "headline": said.post.title,
                "url": f"{paper.address}p/{said.post.id}/",
                "publisher": {"@type": "Organization", "name": press.edition.feeds[said.post.feed_id].label},
            },
        },
    }
    return review
