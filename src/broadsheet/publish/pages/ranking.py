"""What leads the front page: independent reports, how fresh they are, and what is new since the last edition."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from broadsheet.model import Card, StoryRef

FRESH = timedelta(hours=36)
HALF_LIFE = timedelta(hours=12)
STALE = 0.5
"""What is left of the weight of news of which nothing was reported since the last edition."""

PICTURE = 0.5
SUMMARY = 0.25
SECONDS = 3
LATEST = 12


class News(Struct, frozen=True, kw_only=True):
    """One event: a story, or a post in none. `title` bears its headline; `reports` were written independently.

    The reports stand in the order of publication; there is at least one.
    """

    title: Card
    reports: tuple[Card, ...]
    story: StoryRef | None = None

    @property
    def newest(self) -> datetime:
        """When it was reported last."""
        return self.reports[-1].published

    @property
    def outlets(self) -> tuple[str, ...]:
        """The feeds that reported it, the first of them first."""
        return tuple(dict.fromkeys(card.feed_id for card in self.reports))

    @property
    def posts(self) -> tuple[str, ...]:
        """The ids of all posts that tell of it, copies too."""
        return self.story.posts if self.story else (self.title.id,)

    @property
    def illustrated(self) -> Card | None:
        """The report that gives the picture: the one with the headline, or else the first that has any."""
        return next((card for card in (self.title, *self.reports) if card.image is not None), None)


class Front(Struct, frozen=True, kw_only=True):
    """The top of the front page: what leads, a column of the next best, and the newest posts as a list."""

    lead: News | None
    seconds: tuple[News, ...]
    latest: tuple[Card, ...]

    @property
    def top(self) -> tuple[News, ...]:
        """What leads, and the next best."""
        return (self.lead, *self.seconds) if self.lead else ()


def rank(news: Sequence[News], posts: Sequence[Card], since: datetime) -> Front:
    """Choose the top of the front page; `posts`, newest first, are what its list of the newest is made from.

    Every outlet counts by the age of its newest report, half after 12 hours; copies do not count at all. Pinned
    stories go before all others; of those only what was reported within 36 hours of the newest may lead. The second
    column takes one event of each outlet before it takes two of any.
    """
    if not news:
        return Front(lead=None, seconds=(), latest=tuple(posts[:LATEST]))
    now = max(one.newest for one in news)
    fresh = [one for one in news if _pinned(one) or now - one.newest <= FRESH]
    ranked = sorted(fresh, key=lambda one: (_pinned(one), _weight(one, now, since), one.newest), reverse=True)
    pinned = sum(map(_pinned, ranked))
    ordered = ranked[:pinned] + _varied(ranked[pinned:], {one.title.feed_id for one in ranked[:pinned]})
    lead, seconds = ordered[0], tuple(ordered[1 : SECONDS + 1])
    used = {post for one in (lead, *seconds) for post in one.posts}
    latest = [post for post in posts if post.id not in used]
    return Front(lead=lead, seconds=seconds, latest=tuple(latest[:LATEST]))


def _pinned(news: News) -> bool:
    return news.story is not None and news.story.pinned


def _weight(news: News, now: datetime, since: datetime) -> float:
    newest = {card.feed_id: card.published for card in news.reports}
    reported: float = sum(0.5 ** ((now - published) / HALF_LIFE) for published in newest.values())
    shown = PICTURE * (news.illustrated is not None) + SUMMARY * bool(news.title.summary)
    return reported * (1 if news.newest > since else STALE) + shown


def _varied(ranked: Sequence[News], outlets: set[str]) -> list[News]:
    """Put the first event of each outlet not seen yet before all others, else keep the order."""
    firsts: list[News] = []
    others: list[News] = []
    for one in ranked:
        (others if one.title.feed_id in outlets else firsts).append(one)
        outlets.add(one.title.feed_id)
    return firsts + others
