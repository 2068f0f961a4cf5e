"""Why two posts are taken for one event, or not, in words of theirs that a reader understands."""

from collections.abc import Iterator, Mapping
from typing import Final

from broadsheet.group.events.features import clashes
from broadsheet.group.events.profile import Profile
from broadsheet.group.texts.normalise import fold
from broadsheet.group.texts.terms import RAREST, split_terms, term_weights
from broadsheet.model.stories import Reason

LIKENESS: Final = (
    "characters", "terms", "contained", "contained_most", "title", "title_in_text", "title_in_text_least", "rare",
    "rarest", "shared", "taught",
)  # fmt: skip
"""The features whose log-odds the shared words stand for."""

_MOST: Final = 6
_TELLING: Final = 4.5
"""How telling the rarest term of shared words must be to be named."""


def explain(one: Profile, other: Profile, parts: Mapping[str, float]) -> tuple[Reason, ...]:
    """Name what two posts share and where they contradict each other.

    Args:
        one: the earlier post.
        other: the later one.
        parts: what each feature added to the log-odds.
    """
    names = sorted(one.names & other.names)
    words = [word for word in _shared_words(one, other) if word.casefold() not in names]
    likeness = sum(parts.get(name, 0.0) for name in LIKENESS)
    of_names = likeness * len(names) / (len(names) + len(words) or 1)
    reasons = (
        Reason("names", tuple(names[:_MOST]), _rounded(of_names + parts["names"])),
        Reason("terms", tuple(words[:_MOST]), _rounded(likeness - of_names)),
        Reason("numbers", _agreeing(one, other), _rounded(parts["numbers"])),
        Reason(
            "days", tuple(f"{month}-{day}" for month, day in sorted(one.days & other.days)), _rounded(parts["days"])
        ),
        Reason(
            "subjects differ",
            _against("subjects_differ", parts, (one.subject, other.subject)),
            _rounded(parts["subjects_differ"]),
        ),
        Reason(
            "numbers differ",
            tuple(" / ".join(pair) for pair in clashes(one, other)[:_MOST]),
            _rounded(parts["title_numbers_differ"]),
        ),
    )
    return tuple(reason for reason in reasons if reason.words)


def _rounded(weight: float) -> float:
    return round(weight, 2)


def _against(name: str, parts: Mapping[str, float], words: tuple[str, ...]) -> tuple[str, ...]:
    return words if parts[name] < 0 else ()


def _agreeing(one: Profile, other: Profile) -> tuple[str, ...]:
    said = (here.words for here in one.quantities if any(here.agrees(there) for there in other.quantities))
    return tuple(dict.fromkeys(said))[:_MOST]


def _shared_words(one: Profile, other: Profile) -> list[str]:
    """What of the title of the first stands in the second, as long as it can be, the most telling first."""
    title = one.post.title
    folded = fold(title)
    spoken = title if len(folded) == len(title) else folded
    found: dict[str, float] = {}
    for start, end, telling in _runs(folded, other.terms.terms):
        if telling >= _TELLING and not folded[start:end].isdigit():
            found[spoken[start:end]] = telling + (end - start) / 100
    return sorted(found, key=lambda word: (-found[word], word))


def _runs(folded: str, terms: Mapping[str, float]) -> list[tuple[int, int, float]]:
    """The longest runs of a text of which every term is among these, and how telling the rarest of each is."""
    weights = term_weights()
    runs: list[tuple[int, int, float]] = []
    for start, end, term in _places(folded):
        if term not in terms:
            continue
        telling = weights.get(term, RAREST)
        if runs and (start < runs[-1][1] or folded[runs[-1][1] : start] == " "):
            begun, _, before = runs.pop()
            runs.append((begun, end, max(telling, before)))
        else:
            runs.append((start, end, telling))
    return runs


def _places(folded: str) -> Iterator[tuple[int, int, str]]:
    """Where each term of a text stands; a plural where its singular does."""
    place = 0
    for term in split_terms(folded)[1]:
        start = folded.find(term, place)
        yield start, start + len(term), term
        place = start + 1
