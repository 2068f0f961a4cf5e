"""Claims on the terminal, in the paper's language and within its width."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from unicodedata import east_asian_width

from broadsheet.cli.printing import moment
from broadsheet.group.ledger.words import Words
from broadsheet.model import Feed, LedgerEntry, Step

WIDTH = 80
MOST_STEPS = 12
"""Steps of one claim that are shown; of what came later, only what does not repeat it."""

_PIECE = re.compile(r"[\u2e80-\U0003ffff][，。、；：！？”）」]*|[^\s\u2e80-\U0003ffff]+[，。、；：！？”）」]*|\s+")


def claim_lines(entry: LedgerEntry, words: Words, feeds: Mapping[str, Feed], now: datetime) -> Iterator[str]:
    """Tell a claim: where it stands and why, what it was said in, and its steps."""
    yield from wrapped(f"{words.head(entry)} · {entry.id}", "  ")
    yield from wrapped(f"“{entry.claim.quote}”", "    ")
    if reserve := words.reserve(entry):
        yield from wrapped(reserve, "    ")
    silent = entry.silent_days(now)
    quiet = (
        " " + words.of("line", "days").format(silent) + words.of("mark", "end") if entry.is_open and silent else ""
    )
    yield from wrapped(words.why(entry) + quiet, "    ")
    shown, left = _shown(entry)
    for step in shown:
        label = feeds[step.feed_id].label if step.feed_id in feeds else step.feed_id
        yield from wrapped(f"{moment(step.at)} {words.step(step)} · {label}", "    ")
    if left:
        yield f"    … {left}"
    for past in entry.past:
        yield from wrapped(f"{words.of('line', 'past')} {past.value or ''}: “{past.quote}”", "    ")


def _shown(entry: LedgerEntry) -> tuple[Sequence[Step], int]:
    """Choose the first steps and all words of parties, and count what is left out: repetitions say the same again."""
    told = [step for number, step in enumerate(entry.steps) if number < MOST_STEPS or step.kind != "repeated"]
    return told, len(entry.steps) - len(told)


def wrapped(text: str, indent: str) -> Iterator[str]:
    """Break a line where it is too wide for the terminal; a Chinese character is as wide as two letters."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if len(indent) + 2 + _width(lines[-1] + piece.rstrip()) > WIDTH and lines[-1]:
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    for number, line in enumerate(lines):
        yield indent + ("  " if number else "") + line.rstrip()


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
