"""How well facts are found: floors, measured on labelled posts that stand beside the project."""

from pathlib import Path

import pytest
from eval import facts

CORPUS = "bd63d25c86953097"
"""The labels that the floors were measured on; other labels need other floors."""

SENTENCES = "2dd84dd712a3f0ac"

LABEL = {"id": "1", "companies": [], "moves": [], "claims": [], "responses": [], "origin": []}
FOUND = {"text": "", "mentions": [], "moves": [], "claims": [], "responses": [], "origins": []}


@pytest.fixture(scope="module")
def scores(shared: Path) -> dict[str, facts.Score]:
    assert facts.digest(shared / "data/posts/gold.jsonl") == CORPUS
    found, sides = facts.read_posts(facts.open_book()), facts.halves()
    labels = facts.labels(facts.GOLD)
    kept = [label for label in labels if sides[label["id"]] == "kept back"]
    return {"all": facts.score(labels, found), "kept back": facts.score(kept, found)}


@pytest.mark.parametrize(
    ("side", "kind", "precision", "recall"),
    [
        ("all", "mentions", 0.98, 0.91),
        ("all", "links", 0.98, 0.90),
        ("all", "moves", 0.98, 0.98),
        ("kept back", "mentions", 0.97, 0.87),
        ("kept back", "links", 0.97, 0.81),
    ],
)
def test_companies_and_moves_are_found_at_least_so_well(
    scores: dict[str, facts.Score], side: str, kind: str, precision: float, recall: float
) -> None:
    tally = scores[side].tallies[kind]
    assert (tally.precision >= precision, tally.recall >= recall) == (True, True), tally


@pytest.fixture(scope="module")
def sentences(shared: Path) -> facts.Score:
    assert facts.digest(shared / "data/market/fewfc_claims.jsonl") == SENTENCES
    return facts.score(facts.labels(facts.SENTENCES), facts.read_sentences(facts.open_book()))


def test_claims_are_found_and_read_at_least_so_well(scores: dict[str, facts.Score], sentences: facts.Score) -> None:
    posts = scores["all"]
    floors = {"claims": 0.84, "responses": 0.9, "origins": 0.97}
    assert {kind: posts.tallies[kind].f1 >= floor for kind, floor in floors.items()} == dict.fromkeys(floors, True)
    said = {"event": 0.87, "stage": 0.92, "polarity": 0.99, "source": 0.94, "status": 0.9}
    assert {field: posts.share(field) >= floor for field, floor in said.items()} == dict.fromkeys(said, True)
    assert sentences.tallies["claims"].f1 >= 0.85
    said = {"event": 0.86, "stage": 0.89, "polarity": 0.98, "source": 0.93, "status": 0.9}
    assert {field: sentences.share(field) >= floor for field, floor in said.items()} == dict.fromkeys(said, True)


def test_one_fact_answers_for_one_label() -> None:
    move = {"surface": "涨5%", "direction": "up", "value": 5, "operator": "eq", "statistic": "last"}
    text = "甲涨5%，乙涨5%"
    moves = [move | {"start": 1, "end": 4}, move | {"start": 6, "end": 9, "value": 6}]
    found = FOUND | {"text": text, "moves": moves}
    score = facts.score([LABEL | {"moves": [move, move]}], {"1": found})
    assert score.tallies["moves"] == facts.Tally(right=1, extra=1, missed=1)


def test_a_link_is_right_by_any_listing_of_the_issuer_and_hong_kong_codes_by_four_digits() -> None:
    company = {"surface": "甲", "security": "00901.HK"}
    mention = {"surface": "甲", "security": "600901.SH", "securities": ["600901.SH", "0901.HK"]}
    score = facts.score([LABEL | {"companies": [company]}], {"1": FOUND | {"mentions": [mention]}})
    assert score.tallies["links"] == score.tallies["mentions"] == facts.Tally(right=1)


def test_what_a_claim_says_is_counted_apart() -> None:
    said = {"event": "stake", "stage": "talks", "polarity": "affirmed", "source": "outlet", "status": "in_talks"}
    label = LABEL | {"claims": [said | {"quote": "甲乙"}]}
    found = FOUND | {"text": "甲乙", "claims": [said | {"start": 0, "end": 2, "source": "filing"}]}
    score = facts.score([label], {"1": found})
    assert (score.share("event"), score.share("source")) == (1, 0)
    assert score.confused["source", "outlet", "filing"] == 1
    assert "| claims | P 1.000 R 1.000 F1 **1.000** |" in facts.table({"all": score})
