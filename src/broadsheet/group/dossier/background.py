"""Older posts that explain an event: about the same parties, those first that the reports themselves point to."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Final

from broadsheet.group.texts.normalise import fold
from broadsheet.model.stories import Background, PostText

LEAST: Final = 2
"""So many words a post must share with the event, one of them in its title."""

_LEAD: Final = 400
_NEIGHBOUR: Final = timedelta(days=1)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY: Final = re.compile(
    r"(?P<year>\d{4})(?:年|[-/.])(?P<month>\d{1,2})(?:月|[-/.])(?P<day>\d{1,2})(?:日|号)?"
    r"|(?P<name>[a-z]{3})[a-z]*\.? (?P<day_of>\d{1,2})(?:st|nd|rd|th)?,? (?P<year_of>\d{4})"
    r"|(?P<of_day>\d{1,2})(?:st|nd|rd|th)? (?P<of_name>[a-z]{3})[a-z]*\.?,? (?P<of_year>\d{4})"
)


def rank_background(reports: Sequence[PostText], words: Sequence[str], older: Sequence[PostText]) -> list[Background]:
    """Rank older posts by how much they explain of an event, the best first.

    Args:
        reports: the reports of the event.
        words: what they share: names and rare words, the weightiest first.
        older: posts from before; those that share less than two of the words explain nothing.
    """
    days = {day for report in reports for day in _days(fold(report.text))}
    folded = {word: fold(word) for word in words}
    found = []
    for post in older:
        title, lead = fold(post.title), fold(post.text[:_LEAD])
        shared = tuple(word for word in words if folded[word] in lead or folded[word] in title)
        in_title = sum(folded[word] in title for word in shared)
        if len(shared) >= LEAST and in_title:
            # A report that names the very day points there; its day and ours in UTC may be neighbours.
            pointed = any(abs(day - post.published.date()) <= _NEIGHBOUR for day in days)
            found.append(
                ((pointed, in_title + len(shared), post.published, post.post_id), Background(post.post_id, shared))
            )
    return [background for _, background in sorted(found, reverse=True)]


def _days(folded: str) -> Iterator[date]:
    for match in _DAY.finditer(folded):
        named = match["name"] or match["of_name"]
        year = match["year"] or match["year_of"] or match["of_year"]
        day = match["day"] or match["day_of"] or match["of_day"]
        month = int(match["month"]) if match["month"] else _MONTHS.index(named) + 1 if named in _MONTHS else 0
        try:
            yield date(int(year), month, int(day))
        except ValueError:
            continue
