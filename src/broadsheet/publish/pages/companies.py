"""The pages of companies: who they are, what is claimed of them, and what their shares did."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial

from msgspec import Struct

from broadsheet.model import OPEN_STATUSES, Card, Company, CompanyTie, LedgerEntry, Page, PostRef, Security, StoryRef
from broadsheet.publish.findings.claims import MOONS
from broadsheet.publish.findings.moves import Quote, last_quote, said_of
from broadsheet.publish.findings.record import Record, shown_name
from broadsheet.publish.layout import until
from broadsheet.publish.press import Press

SHEET = 200
"""Companies on one page of the index."""

MOST_STORIES = 60
MOST_POSTS = 20
MOST_CLAIMS = 40
MOST_CHECKED = 200
"""Posts of a year of which the moves are checked for a company's page, the newest."""


class Listing(Struct, frozen=True, kw_only=True):
    """A security, its last session, and how many of its moves reported this year were checked, and matched."""

    security: Security
    quote: Quote
    checked: int
    matching: int


class Event(Struct, frozen=True, kw_only=True):
    """A story of a company, the card that bears its headline, and the principal claim that it tells, if any."""

    story: StoryRef
    card: Card
    entry: LedgerEntry | None
    day: date


class Related(Struct, frozen=True, kw_only=True):
    """Another company and its tie; `reverse` where the tie is the other's to this one."""

    company: Company
    tie: CompanyTie
    reverse: bool


def company_pages(press: Press) -> Iterator[Page]:
    """Plan the page of every company that posts name, and the index of them."""
    record = press.record
    if record is None or not record.posts:
        return
    yield from _index(press, record)
    for company in record.posts:
        yield press.page(
            f"c/{company}/index.html",
            "company.html",
            _inputs(press, record, company),
            partial(_context, press, record, record.companies[company]),
        )


def _index(press: Press, record: Record) -> Iterator[Page]:
    """Plan the sheets of the index, those that most posts name first; an id never begins with a dash."""
    counted = sorted(record.posts.items(), key=lambda item: (-len(item[1]), item[0]))
    sheets = [counted[start : start + SHEET] for start in range(0, len(counted), SHEET)]
    for number, sheet in enumerate(sheets, 1):
        path = f"c/-/{number}/" if number > 1 else "c/"
        inputs = [str(len(counted)), *(f"{company} {record.marks[company]} {len(refs)}" for company, refs in sheet)]
        context = {
            "rows": [
                (
                    record.companies[company],
                    len(refs),
                    _count_open(record, company),
                )
                for company, refs in sheet
            ],
            "number": number,
            "newer": None if number == 1 else "c/" if number == 2 else f"c/-/{number - 1}/",
            "older": f"c/-/{number + 1}/" if number < len(sheets) else None,
            "total": len(counted),
        }
        inputs += [claim.digest for company, _ in sheet for claim in record.claims_of.get(company, ())]
        yield press.page(f"{path}index.html", "companies.html", inputs, partial(dict, context))


def _count_open(record: Record, company: str) -> int:
    return sum(claim.status in OPEN_STATUSES for claim in record.claims_of.get(company, ()))


def _inputs(press: Press, record: Record, company: str) -> Iterator[str]:
    """List all that a company's page depends on; the days that claims have been open change with the day."""
    claims = record.claims_of.get(company, ())
    today = press.theme.almanac.day_of(press.edition.made_at)
    yield record.marks[company]
    yield from (record.marks[other] for tie in record.ties.get(company, ()) for other in (tie.company, tie.other))
    yield str(len(record.posts[company]))
    if any(claim.status in OPEN_STATUSES for claim in claims):
        yield today.isoformat()
    yield from record.claimed(claims)
    for story in record.stories.get(company, ())[:MOST_STORIES]:
        yield story.id
        yield story.digest
        yield from record.claimed(record.claims_in.get(story.id, ()))
    yield from press.shown(record.posts[company][: MOST_POSTS + MOST_STORIES])
    yield from record.shown(_of_the_year(press, record, company))
    yield from (record.window(listed.code, today) for listed in record.companies[company].securities)


def _of_the_year(press: Press, record: Record, company: str) -> list[PostRef]:
    """List the newest posts of this year that report a move of a company's shares."""
    almanac = press.theme.almanac
    year = almanac.day_of(press.edition.made_at).year
    codes = {listed.code for listed in record.companies[company].securities}
    refs = until(record.posts[company], press.edition.made_at)
    moving = (ref for ref in refs if not codes.isdisjoint(record.facts(ref.id).moved))
    return [ref for ref in moving if almanac.day_of(ref.published).year == year][:MOST_CHECKED]


def _context(press: Press, record: Record, company: Company) -> Mapping[str, object]:
    made_at = press.edition.made_at
    claims = sorted(record.claims_of.get(company.id, ()), key=lambda claim: claim.last_at, reverse=True)
    entries = record.findings.shelf.ledger.entries([claim.id for claim in claims[:MOST_CLAIMS]])
    events = _events(press, record, company)
    alone = [ref for ref in record.posts[company.id] if ref.id not in press.layout.story_of][:MOST_POSTS]
    return {
        "company": company,
        "name": shown_name(company, press.theme.paper.language),
        "related": [_related(record, company, tie) for tie in record.ties.get(company.id, ())],
        "listings": _listings(press, record, company),
        "open": [(entry, (made_at - entry.first_at).days) for entry in entries if entry.is_open],
        "settled": [(entry, (entry.last_at - entry.first_at).days) for entry in entries if not entry.is_open],
        "events": events,
        "years": [(event.day, MOONS[event.entry.status]) for event in reversed(events) if event.entry],
        "posts": press.cards(alone),
        "post_count": len(record.posts[company.id]),
        "story_count": len(record.stories.get(company.id, ())),
        "today": press.theme.almanac.day_of(made_at),
        **press.outlets(),
    }


def _related(record: Record, company: Company, tie: CompanyTie) -> Related:
    reverse = tie.other == company.id
    return Related(company=record.companies[tie.company if reverse else tie.other], tie=tie, reverse=reverse)


def _listings(press: Press, record: Record, company: Company) -> list[Listing]:
    today = press.theme.almanac.day_of(press.edition.made_at)
    refs = _of_the_year(press, record, company.id)
    facts = record.findings.shelf.facts.of([ref.id for ref in refs]) if refs else {}
    said = said_of(record, press.cards([ref for ref in refs if ref.id in facts]), facts)
    found = []
    for security in company.securities:
        own = [one.word for one in said if one.move.security == security.code and one.word != "unchecked"]
        quote = last_quote(record, security.code, today)
        found.append(Listing(security=security, quote=quote, checked=len(own), matching=own.count("matches")))
    return found


def _events(press: Press, record: Record, company: Company) -> list[Event]:
    # `group` brings what compares texts, which a site without companies does without.
    from broadsheet.group.ledger.order import in_order

    stories: Sequence[StoryRef] = record.stories.get(company.id, ())[:MOST_STORIES]
    shelf, almanac = press.edition.shelf, press.theme.almanac
    cards = shelf.cards([shelf.story(story.id).title_of for story in stories])
    claims = [claim.id for claim in record.claims_of.get(company.id, ())]
    told: dict[str, list[LedgerEntry]] = {}
    for entry in record.findings.shelf.ledger.entries(claims):
        for story_id in entry.stories:
            told.setdefault(story_id, []).append(entry)
    return [
        Event(
            story=story,
            card=card,
            entry=next(iter(in_order(told.get(story.id, ()), frozenset(story.posts))), None),
            day=almanac.day_of(story.first),
        )
        for story, card in sorted(zip(stories, cards, strict=True), key=lambda pair: pair[0].first, reverse=True)
    ]
