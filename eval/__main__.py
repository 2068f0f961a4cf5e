"""`./run eval MEASURE`: quality against labelled corpora, into docs/benchmarks.md, and learning the weights."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

from bench import report

from broadsheet.group.events.kinship import models
from broadsheet.group.texts.terms import lessons
from eval import corpora, counting, facts, stories, training
from eval.stories import Grouped

TERMS = training.DATA / "terms.txt"
ABSENT = "eval: the labelled corpora are not beside the project ({}): there is nothing to measure against"


def arguments(given: Sequence[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="./run eval", description="Measure quality against labelled corpora.")
    words = parser.add_subparsers(dest="word", required=True, metavar="MEASURE")
    one = words.add_parser("stories", help="how well stories are made, into docs/benchmarks.md")
    one.add_argument(
        "--train", action="store_true", help="first learn the weights anew, into src/broadsheet/group/data/"
    )
    terms = words.add_parser("terms", help=f"count how common terms are in texts, into {TERMS.name}; then train anew")
    terms.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="a folder, or a file of JSON lines or text"
    )
    terms.add_argument("--note", default="", help="what the texts are and on which terms, for the head of the file")
    found = words.add_parser("facts", help="how well facts are found, into docs/benchmarks.md")
    found.add_argument("--confused", action="store_true", help="print what was read for what, of the claims found")
    return parser.parse_args(given)


def measure_facts(*, confused: bool) -> int:
    """Measure facts and report; returns the exit code."""
    if not facts.GOLD.exists():
        print(ABSENT.format(facts.SHARED), file=sys.stderr)
        return 1
    table_of_facts, score = facts.measure()
    block = f"{report.circumstances(1)}\n\n{table_of_facts}"
    print(block)
    report.write(report.PAGE, {"facts": block})
    for line in facts.confusions(score) if confused else ():
        print(line)
    return 0


def train() -> None:
    """Learn both models, and keep them."""
    cjk = training.fitted("cjk", training.sohu(corpora.sohu_pairs()))
    latin = training.fitted("latin", training.ecb(training.training_documents(corpora.ecb_documents())))
    training.write(cjk, latin, training.about())
    models.cache_clear()
    lessons.cache_clear()


def table() -> str:
    """Measure, and lay out the figures with what each was learned from."""
    aucs = stories.sohu_auc()
    rows = [
        _row("ECB+, topics above 35 (English, one window)", "ECB+, topics 1 to 35", stories.ecb_test()),
        _row(
            "96 sample posts (Chinese flashes of one day)",
            "Sohu 2021 B, train (none of these posts)",
            stories.sample_posts(),
        ),
    ]
    pairs = (
        f"Sohu 2021 B, train, pairs of short Chinese texts: mean AUC **{mean(aucs):.4f}** over {len(aucs)} held-out "
        f"folds ({min(aucs):.4f} to {max(aucs):.4f}); {stories.FOLDS} folds, seeds "
        f"{', '.join(map(str, stories.SEEDS))}, each fold scored by weights learned from the others."
    )
    digests = (
        f"Corpora: ECB+ `{corpora.digest(corpora.ECB)}`, sample posts `{corpora.digest(corpora.POSTS)}`, "
        f"Sohu `{corpora.digest(corpora.SOHU)}`."
    )
    heads = "| corpus | learned from | posts | events | pairs compared | precision | recall | B-cubed F1 |"
    return "\n".join(
        [heads, "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |", *rows, "", pairs, "", digests]
    )


def _row(corpus: str, learned: str, found: Grouped) -> str:
    score = found.score
    figures = (f"{score.precision:.4f}", f"{score.recall:.4f}", f"**{score.f1:.4f}**")
    return f"| {' | '.join((corpus, learned, str(found.posts), str(found.events), str(found.pairs), *figures))} |"


def main(given: Sequence[str]) -> int:
    """Measure and report; returns the exit code."""
    chosen = arguments(given)
    if chosen.word == "terms":
        weights = counting.count(counting.texts_of(chosen.paths, corpora.HIGHEST_TRAINING_TOPIC))
        TERMS.write_text(counting.render(weights, counting.about(chosen.note)), "utf-8")
        print(f"{len(weights):,} terms kept in {TERMS}; now ./run eval stories --train")
        return 0
    if chosen.word == "facts":
        return measure_facts(confused=chosen.confused)
    if not corpora.SOHU.exists():
        print(ABSENT.format(corpora.SHARED), file=sys.stderr)
        return 1
    if chosen.train:
        train()
    block = f"{report.circumstances(1)}\n\n{table()}"
    print(block)
    report.write(report.PAGE, {"stories": block})
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
