"""`./run eval facts`: how well facts are found, against labels made by hand that stand beside the project.

Spans are compared by overlap with the places of the label's words; one fact answers for one label. A move must have
direction, value, operator and statistic right, a response its answer, an origin its outlet; a claim is found by its
place alone, and what it says is counted apart.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b
from itertools import islice, zip_longest
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple

from broadsheet.annotate import NameBook, annotate_post, annotations_json, curated_book, merge_book, read_companies
from broadsheet.clean import clean_entry
from broadsheet.model import CompanyBook
from broadsheet.parse import parse_postfile
from eval.firms import hong_kong, new_york

SHARED = Path(__file__).parents[2] / "shared" / "data"
POSTS = SHARED / "posts"
GOLD = POSTS / "gold.jsonl"
SENTENCES = SHARED / "market" / "fewfc_claims.jsonl"
FEWFC = SHARED / "market" / "fewfc"
LIST = SHARED / "market" / "securities" / "a_share_tushare_stock_basic.csv"

KINDS = ("mentions", "links", "moves", "claims", "responses", "origins")
SAID = ("event", "stage", "polarity", "source", "status")
LOOKED_AT = frozenset(("0033", "0049", "0053", "0055", "0109", "0129", "0132"))
"""Posts of the half kept back that were read all the same: nearly all moves stand in four, three missed much."""

BOOK = 10_000
"""Of how many companies speed is promised."""

Facts = Mapping[str, Any]


class Tally(NamedTuple):
    """What was right, what was found too much, what was missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def plus(self, right: int, found: int, wanted: int) -> "Tally":
        """Add a text: so many right, of so many found and so many wanted."""
        return Tally(self.right + right, self.extra + found - right, self.missed + wanted - right)

    @property
    def precision(self) -> float:
        """Right of those found."""
        return self.right / ((self.right + self.extra) or 1)

    @property
    def recall(self) -> float:
        """Right of those wanted."""
        return self.right / ((self.right + self.missed) or 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1)


class Score(NamedTuple):
    """Tallies by kind, and of the claims found how often each field was right, and what was said for what."""

    tallies: dict[str, Tally]
    said: Counter[tuple[str, bool]]
    confused: Counter[tuple[str, str, str]]

    def share(self, field: str) -> float:
        """Tell how often a field of the claims found is right."""
        return self.said[field, True] / ((self.said[field, True] + self.said[field, False]) or 1)


def digest(path: Path) -> str:
    """Name a corpus by what it holds."""
    return blake2b(path.read_bytes(), digest_size=8).hexdigest()


def labels(path: Path) -> list[dict[str, Any]]:
    """Read the labels of a corpus; the model post among the posts has no file of its own."""
    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [one for one in found if one["id"] != "seed"]


def halves() -> dict[str, str]:
    """Divide the posts by events: those that rules were made beside, and those that are only scored."""
    events: dict[str, int] = {}
    index = {one["id"]: one for one in map(json.loads, (POSTS / "index.jsonl").read_text("utf-8").splitlines())}
    sides = {}
    for label in labels(GOLD):
        place = events.setdefault(index[label["id"]].get("event") or label["id"], len(events))
        sides[label["id"]] = "read" if place % 2 == 0 or label["id"] in LOOKED_AT else "kept back"
    return sides


def open_book() -> NameBook:
    """Open the book that ships with the Tushare list imported."""
    return NameBook(_listed())


def open_large_book() -> NameBook:
    """Open the same filled up to ten thousand with invented firms of Hong Kong and New York, by turns."""
    book = _listed()
    invented = (firm for pair in zip_longest(hong_kong(), new_york()) for firm in pair if firm is not None)
    known = {security.code for company in book.companies for security in company.securities}
    new = (firm for firm in invented if firm.securities[0].code not in known)
    companies = (*book.companies, *islice(new, BOOK - len(book.companies)))
    return NameBook(CompanyBook(companies=companies, ties=book.ties))


def _listed() -> CompanyBook:
    return merge_book(curated_book(), read_companies(LIST.read_bytes(), LIST.name))[0]


def read_posts(book: NameBook) -> dict[str, Facts]:
    """Annotate the posts."""
    found: dict[str, Facts] = {}
    for label in labels(GOLD):
        entry = parse_postfile((POSTS / "raw" / f"{label['id']}.md").read_bytes(), label["id"]).entry
        cleaned = clean_entry(entry, None)
        moment = entry.published or datetime(2021, 3, 22, tzinfo=UTC)
        annotations = annotate_post(cleaned.text, cleaned.language or "zh", moment, book)
        found[label["id"]] = annotations_json(annotations)
    return found


def read_sentences(book: NameBook) -> dict[str, Facts]:
    """Annotate the single sentences of financial news."""
    lines = (line for path in sorted(FEWFC.glob("*.json")) for line in path.read_text("utf-8").splitlines() if line)
    texts = {one["id"]: one["content"] for one in map(json.loads, lines)}
    moment = datetime(2020, 6, 1, tzinfo=UTC)
    return {
        label["id"]: annotations_json(annotate_post(texts[label["id"]], "zh", moment, book))
        for label in labels(SENTENCES)
    }


def score(wanted: Sequence[Mapping[str, Any]], found: Mapping[str, Facts]) -> Score:
    """Compare labels with facts, by the id of their text."""
    result = Score({kind: Tally() for kind in KINDS}, Counter(), Counter())
    for label in wanted:
        facts = found[label["id"]]
        for kind, right, had, sought in _counts(label, facts, result):
            result.tallies[kind] = result.tallies[kind].plus(right, had, sought)
    return result


def _counts(label: Mapping[str, Any], facts: Facts, result: Score) -> Iterator[tuple[str, int, int, int]]:
    if "companies" in label:
        yield from _company_counts(label["companies"], facts["mentions"])
        fields = ("direction", "value", "operator", "statistic")
        moves = _matched(label["moves"], facts, ("moves", "surface"), lambda a, b: all(a[k] == b[k] for k in fields))
        yield "moves", len(moves), len(facts["moves"]), len(label["moves"])
    claims = _matched(label["claims"], facts, ("claims", "quote"), lambda _a, _b: True)
    for one, other in claims:
        for field in SAID:
            result.said[field, one[field] == other[field]] += 1
            result.confused[field, one[field], other[field]] += one[field] != other[field]
    yield "claims", len(claims), len(facts["claims"]), len(label["claims"])
    replies = _matched(label["responses"], facts, ("responses", "quote"), lambda a, b: a["response"] == b["response"])
    yield "responses", len(replies), len(facts["responses"]), len(label["responses"])
    outlets = _matched(label["origin"], facts, ("origins", "quote"), lambda a, b: _near(a["outlet"], [b["outlet"]]))
    yield "origins", len(outlets), len(facts["origins"]), len(label["origin"])


def _company_counts(
    labelled: Sequence[Mapping[str, Any]], mentions: Sequence[Facts]
) -> Iterator[tuple[str, int, int, int]]:
    seen, wanted = {one["surface"] for one in mentions}, {one["surface"] for one in labelled}
    hit, wrong = sum(_near(one, seen) for one in wanted), sum(not _near(one, wanted) for one in seen)
    yield "mentions", hit, hit + wrong, len(wanted)
    meant = {one["surface"]: _four_digits(one["security"]) for one in labelled if one["security"]}
    linked = {
        one["surface"]: {_four_digits(code) for code in (one["security"], *one["securities"])}
        for one in mentions
        if one["security"]
    }
    right = sum(code in linked.get(surface, ()) for surface, code in meant.items())
    yield "links", right, len(linked), len(meant)


def _near(one: str, others: Sequence[str] | set[str]) -> bool:
    return any(one in other or other in one for other in others)


def _four_digits(code: str) -> str:
    return re.sub(r"^0*(\d+)\.HK$", lambda found: found[1].zfill(4) + ".HK", code)


def _matched(
    wanted: Sequence[Facts], facts: Facts, names: tuple[str, str], same: Callable[[Facts, Facts], bool]
) -> list[tuple[Facts, Facts]]:
    """Pair each label with the first fact not yet taken that lies on its words and says the same."""
    kind, key = names
    taken: set[int] = set()
    pairs = []
    for one in wanted:
        places = [found.span() for found in re.finditer(re.escape(one[key]), facts["text"])] if one[key] else []
        for number, other in enumerate(facts[kind]):
            lies = any(other["start"] < end and start < other["end"] for start, end in places)
            if number not in taken and lies and same(one, other):
                taken.add(number)
                pairs.append((one, other))
                break
    return pairs


def table(scores: Mapping[str, Score]) -> str:
    """Lay the figures out: a line a kind, a column a set of texts."""
    lines = ["| | " + " | ".join(scores) + " |", "| --- |" + " ---: |" * len(scores)]
    for kind in KINDS:
        tallies = [one.tallies[kind] for one in scores.values()]
        cells = [
            f"P {one.precision:.3f} R {one.recall:.3f} F1 **{one.f1:.3f}**" if any(one) else "-" for one in tallies
        ]
        lines.append(f"| {kind} | " + " | ".join(cells) + " |")
    lines += [
        f"| claim: {field} | " + " | ".join(f"{one.share(field):.3f}" for one in scores.values()) + " |"
        for field in SAID
    ]
    return "\n".join(lines)


def speed(book: NameBook, posts: Mapping[str, Facts]) -> str:
    """Time the door on the labelled posts, cut as flashes and joined as long posts: the best of nine, one core."""
    whole = "".join(facts["text"] for facts in posts.values() if facts["language"].startswith("zh"))
    moment = datetime(2021, 3, 22, tzinfo=UTC)
    rates = []
    for length, name in ((300, "flashes of 300 characters"), (1000, "posts of 3 kB (1,000 characters)")):
        texts = [whole[start : start + length] for start in range(0, len(whole) - length, length)]
        best = min(_seconds(texts, moment, book) for _ in range(9))
        rates.append(f"{len(texts) / best:,.0f} {name}")
    return (
        f"{' and '.join(rates)} a second of CPU, with a book of {len(book.companies):,} companies "
        "(the curated, the Tushare list, invented ones of Hong Kong and New York)"
    )


def _seconds(texts: Sequence[str], moment: datetime, book: NameBook) -> float:
    start = process_time()
    for text in texts:
        annotate_post(text, "zh", moment, book)
    return process_time() - start


def confusions(found: Score) -> Iterator[str]:
    """Say what was read for what, of the claims found; the commonest first."""
    for (field, wanted, said), count in found.confused.most_common():
        if count:
            yield f"{count:4} {field}: {wanted} read as {said}"


def measure() -> tuple[str, Score]:
    """Measure all, and lay it out; with the score of all posts."""
    book = open_book()
    posts, sides = read_posts(book), halves()
    scores = {
        f"posts {side}": score([label for label in labels(GOLD) if sides[label["id"]] == side], posts)
        for side in ("read", "kept back")
    }
    scores |= {"all posts": score(labels(GOLD), posts), "sentences": score(labels(SENTENCES), read_sentences(book))}
    corpora = f"Posts `{digest(GOLD)}`, sentences `{digest(SENTENCES)}`, list `{digest(LIST)}`."
    return f"{table(scores)}\n\n{speed(open_large_book(), posts)}.\n\n{corpora}", scores["all posts"]
