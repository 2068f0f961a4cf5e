"""Made-up posts of a town of outlets, day by day: events that several report, texts that others carry, and the rest.

Words are those of `bench.news`. Of a hundred posts about fifty tell of what nobody else tells, forty of an event that
two to six outlets report in words of their own, ten carry the text of another post, some of them edited. Every outlet
ends its posts with a line of its own. A day of a seed is always the same, whatever other days are made.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from bench.news import SUBJECT, vocabulary, weights_of

FIRST = datetime(2026, 1, 1, tzinfo=UTC)
A_DAY, OUTLETS, SEED = 10_000, 2_000, 20261127
WORDS_OF_TEXT = (80, 260)
ALONE, COPIED = 0.5, 0.1
OF_EVENT = 0.35  # of a report's words
NAMES = 6_000  # of whom the posts tell, few of them often


class Town:
    """The words of the town, drawn once."""

    def __init__(self, seed: int = SEED) -> None:
        self.seed = seed
        self.words = vocabulary(Random(seed))
        self.weights = weights_of(self.words)
        chance = Random(seed + 1)
        self.names = ["".join(chance.choices(self.words, k=2))[:4] for _ in range(NAMES)]
        self.name_weights = list(accumulate((rank + 20) ** -0.8 for rank in range(NAMES)))
        self.lines = ["".join(chance.choices(self.words, k=9)) + "。" for _ in range(OUTLETS)]

    def day(self, number: int, posts: int = A_DAY) -> list[dict[str, Any]]:
        """The posts of a day, in no order."""
        chance = Random(f"{self.seed} {number}")
        begin = FIRST + timedelta(days=number)
        made: list[dict[str, Any]] = []
        while len(made) < posts:
            for minute, title, body in self._event(chance):
                outlet = chance.randrange(OUTLETS)
                published = begin + timedelta(seconds=60 * minute + chance.randrange(60))
                made.append(self._post(f"{number} {len(made)}", outlet, published, title, body))
        return made[:posts]

    def _event(self, chance: Random) -> Iterator[tuple[int, str, list[str]]]:
        """The minute, the title and the sentences of each post about an event."""
        names = chance.choices(self.names, cum_weights=self.name_weights, k=2)
        subject = [*names, *chance.choices(self.words, k=SUBJECT // 2)]
        minute = chance.randrange(1200)
        for report in range(1 if chance.random() < ALONE / (1 - COPIED) * 1.6 else chance.randint(2, 6)):
            title, body = self._text(chance, subject)
            at = minute + report * chance.randrange(5, 60)
            yield at, title, body
            if chance.random() < COPIED / (1 - COPIED):
                yield at + chance.randrange(5, 200), title, self._carried(chance, body)

    def _text(self, chance: Random, subject: Sequence[str]) -> tuple[str, list[str]]:
        size = chance.randint(*WORDS_OF_TEXT)
        own = round(OF_EVENT * size)
        drawn = [*chance.choices(self.words, cum_weights=self.weights, k=size - own), *chance.choices(subject, k=own)]
        chance.shuffle(drawn)
        title = "".join([*chance.sample(subject[:2], 2), chance.choice(subject[2:]), *drawn[:4]])
        body = []
        while drawn:
            length = chance.randint(6, 16)
            body.append("".join(drawn[:length]) + "。")
            del drawn[:length]
        return title, body

    def _carried(self, chance: Random, body: list[str]) -> list[str]:
        """A text as another outlet carries it: as it is, or with sentences changed or cut."""
        edits = chance.choice((0, 0, 1, 2, len(body) // 4))
        changed = list(body)
        for _ in range(edits):
            place = chance.randrange(len(changed))
            changed[place] = "".join(chance.choices(self.words, cum_weights=self.weights, k=10)) + "。"
        return changed

    def _post(self, name: str, outlet: int, published: datetime, title: str, body: Sequence[str]) -> dict[str, Any]:
        key = blake2b(f"{self.seed} {name}".encode(), digest_size=5).hexdigest()
        return {
            "post_id": f"{published:%Y%m%d}-{key}",
            "feed_id": f"{outlet:010x}",
            "published": published,
            "language": "zh",
            "title": title,
            "text": "\n".join([title, "".join(body), self.lines[outlet]]),
        }


def write_day(folder: Path, town: Town, number: int, posts: int = A_DAY) -> dict[str, str]:
    """Write the posts of a day as files of an archive; gives the digest of each."""
    from pyarrow import Table

    from broadsheet.scale.archive.kin.tables import write_table

    rows = town.day(number, posts)
    by_month: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_month.setdefault(f"{row['published']:%Y-%m}", []).append(row)
    written = [
        write_table(folder, f"posts/month={month}/day-{number:05}.parquet", Table.from_pylist(some))
        for month, some in by_month.items()
    ]
    return {file.path: file.digest for file in written}
