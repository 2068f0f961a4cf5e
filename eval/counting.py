"""How many texts have each term: makes the file of how telling terms are, from any folder of texts."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log
from pathlib import Path

from broadsheet.group.texts.normalise import fold
from broadsheet.group.texts.terms import RAREST, is_cjk, split_terms

FIELDS = ("text", "content", "title", "source", "target")
STEP = 0.5
FEWEST = {True: 8, False: 0}
"""Chinese terms in fewer texts are not listed; of English ones all, for the class decides."""

Text = tuple[str, str]
"""A text and what it is about, where its corpus says so; else the text itself."""


def texts_of(paths: Iterable[Path], highest_topic: int) -> Iterator[Text]:
    """Read every text of files: lines or lists of JSON by their usual fields, all others whole.

    Of a corpus that numbers its topics (`top`), those above the highest are for testing and are passed over.
    """
    for path in sorted(file for given in paths for file in ([given] if given.is_file() else given.rglob("*.*"))):
        if path.suffix in {".json", ".jsonl"}:
            for record in _records(path):
                if int(record.get("top", 0)) <= highest_topic:
                    yield from (
                        (record[name], str(record.get("top", record[name]))) for name in FIELDS if name in record
                    )
        elif path.suffix in {".txt", ".md"}:
            text = path.read_text("utf-8")
            yield text, text


def _records(path: Path) -> Iterable[dict[str, str]]:
    content = path.read_text("utf-8")
    if content.startswith("["):
        return list(json.loads(content))
    return [json.loads(line) for line in content.splitlines() if line]


def count(texts: Iterable[Text]) -> dict[str, float]:
    """Weigh the terms of texts, Chinese ones and others apart.

    A term's share is the mean over topics of the share of its texts, the topic that uses it most left out: what only
    one event is about is not common.
    """
    weights: dict[str, float] = {}
    folded = {(fold(text), topic) for text, topic in texts}
    for cjk in (True, False):
        topics: dict[str, list[set[str]]] = defaultdict(list)
        for text, topic in folded:
            if text.strip() and is_cjk(text) == cjk:
                topics[topic].append({term for kind in split_terms(text) for term in kind})
        for term, share in _shares(list(topics.values()), FEWEST[cjk]).items():
            weight = round(-log(share) / STEP) * STEP
            if weight < RAREST:
                weights[term] = min(weight, weights.get(term, RAREST))
    return weights


def _shares(topics: Sequence[Sequence[set[str]]], fewest: int) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float)
    most: dict[str, float] = defaultdict(float)
    seen: Counter[str] = Counter()
    for texts in topics:
        counts = Counter(term for text in texts for term in text)
        seen.update(counts)
        for term, number in counts.items():
            total[term] += number / len(texts)
            most[term] = max(most[term], number / len(texts))
    return {
        term: (total[term] - most[term]) / (len(topics) - 1)
        for term in total
        if seen[term] >= fewest and total[term] > most[term]
    }


def render(weights: Mapping[str, float], header: Sequence[str]) -> str:
    """Write classes of terms, the commonest first."""
    classes: dict[float, list[str]] = defaultdict(list)
    for term, weight in weights.items():
        classes[weight].append(term)
    lines = [f"{weight:.1f} {' '.join(sorted(terms))}" for weight, terms in sorted(classes.items())]
    return "\n".join([*(f"# {line}" for line in header), *lines]) + "\n"


def about(note: str) -> list[str]:
    """The head of the file."""
    return [
        "How telling terms are: the logarithm of one over the share of texts that have them, in steps of a half.",
        "Chinese characters, pairs of them, and words of other scripts; what is not listed is the rarest of all.",
        "Figures counted on texts, not texts: ./run eval terms.",
        *([note] if note else []),
    ]
