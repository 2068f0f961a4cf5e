"""The front page: what leads, what follows, and the newest of every section."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from msgspec import Struct

from broadsheet.model import Card, Page, PostRef
from broadsheet.publish.layout import until
from broadsheet.publish.press import Press
from broadsheet.publish.sections import Section

CANDIDATES = 60
FRESH = timedelta(hours=36)
SECONDS = 3
LATEST = 12
COLUMN = 4


class Front(Struct, frozen=True, kw_only=True):
    """The top of the front page: one leading post, a column of the next best, and the newest as a list."""

    lead: Card | None
    seconds: tuple[Card, ...]
    latest: tuple[Card, ...]


def rank_cards(cards: Sequence[Card]) -> Front:
    """Choose the top of the front page from its newest posts alone, newest first.

    The best is the newest that has a picture and a summary, then one or the other; only what is at most 36 hours
    older than the newest may lead. The second column takes one post of each outlet before it takes two of any.
    """
    if not cards:
        return Front(lead=None, seconds=(), latest=())
    fresh = [card for card in cards if cards[0].published - card.published <= FRESH]
    ranked = sorted(fresh, key=_worth, reverse=True)
    seconds = _varied(ranked[1:], {ranked[0].feed_id})[:SECONDS]
    top = {card.id for card in (ranked[0], *seconds)}
    rest = [card for card in cards if card.id not in top]
    return Front(lead=ranked[0], seconds=tuple(seconds), latest=tuple(rest[:LATEST]))


def _worth(card: Card) -> int:
    return 2 * (card.image is not None) + bool(card.summary)


def _varied(ranked: Sequence[Card], outlets: set[str]) -> list[Card]:
    """Put the first post of each outlet not seen yet before all others, else keep the order."""
    firsts: list[Card] = []
    others: list[Card] = []
    for card in ranked:
        (others if card.feed_id in outlets else firsts).append(card)
        outlets.add(card.feed_id)
    return firsts + others


def front_pages(press: Press) -> Iterator[Page]:
    """Plan the front page."""
    edition, layout = press.edition, press.layout
    day = press.theme.almanac.day_of(edition.made_at)
    newest = until(edition.refs, edition.made_at)[:CANDIDATES]
    columns = [(section, _column(press, section)) for section in layout.sections]
    inputs = [day.isoformat(), str(len(edition.refs)), str(len(edition.feeds)), str(len(layout.by_day.get(day, ())))]
    inputs += press.shown(newest) + press.illustrated(newest)
    for section, refs in columns:
        inputs += [section.name, section.folder, str(len(layout.by_section[section.folder])), *press.shown(refs)]

    def context() -> Mapping[str, object]:
        front = rank_cards(press.cards(newest))
        top = [card for card in (front.lead, *front.seconds) if card]
        used = {card.id for card in top}
        return {
            "front": front,
            "copies": press.copies(card.image for card in top),
            "day": day,
            "today": len(layout.by_day.get(day, ())),
            "total": len(edition.refs),
            "outlet_count": len(edition.feeds),
            "columns": [
                (section, len(layout.by_section[section.folder]), _unused(press.cards(refs), used))
                for section, refs in columns
                if refs
            ],
            **press.outlets(),
        }

    yield press.page("index.html", "front.html", inputs, context)


def _column(press: Press, section: Section) -> Sequence[PostRef]:
    refs = until(press.layout.by_section[section.folder], press.edition.made_at)
    return refs[: COLUMN + 1 + SECONDS]


def _unused(cards: Sequence[Card], used: set[str]) -> list[Card]:
    return [card for card in cards if card.id not in used][:COLUMN]
