"""What an edit changed: golden cases beside each other, what holds for any two texts, and bounds on time."""

import os
import random
import time
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.publish.pages.differences import Change, differences

GOLDEN = Path(__file__).parents[1] / "golden" / "differences"
CASES = sorted(file.name.removesuffix(".before.txt") for file in GOLDEN.glob("*.before.txt"))
MARKS = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}", "fold": "[...]"}


def written(change: Change) -> str:
    if change.folded:
        return f"({change.folded} the same)"
    text = "".join(MARKS[piece.mark].format(piece.text) for piece in change.pieces)
    return f"# {text}" if change.is_title else text


def read(case: str, which: str) -> str:
    return (GOLDEN / f"{case}.{which}.txt").read_text("utf-8").removesuffix("\n")


@pytest.mark.parametrize("case", CASES)
def test_changes_are_shown_as_in_their_golden_case(case: str) -> None:
    found = "\n".join(map(written, differences(read(case, "before"), read(case, "after")))) + "\n"
    golden = GOLDEN / f"{case}.diff.txt"
    if os.environ.get("BROADSHEET_GOLDEN") == "write":
        golden.write_text(found, "utf-8")
    assert found == golden.read_text("utf-8")


def side(changes: tuple[Change, ...], lines: list[str], marks: tuple[str, str]) -> list[str]:
    """One text again, from its changes and, for what is folded, its own lines."""
    made: list[str] = []
    for change in changes:
        if change.is_title:
            continue
        if change.folded:
            made += lines[len(made) : len(made) + change.folded]
            continue
        pieces = [piece for piece in change.pieces if piece.mark in marks]
        if pieces:
            made += "".join(piece.text for piece in pieces).split("\n")
    return made


TEXTS = st.lists(
    st.text(st.sampled_from("ab 的中。,'é\u03011%<&😀"), min_size=1, max_size=12), min_size=1, max_size=8
)


@settings(max_examples=400)
@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_what_is_shown(old: list[str], new: list[str]) -> None:
    old, new = ([normalize("NFC", line) for line in lines] for lines in (old, new))
    changes = differences("t\n" + "\n".join(old), "t\n" + "\n".join(new))
    assert bool(changes) == (old != new)
    if changes:
        assert side(changes, old, ("same", "gone")) == old
        assert side(changes, new, ("same", "new")) == new


@settings(max_examples=200)
@given(st.text(st.sampled_from("ab 的中。"), max_size=30), st.text(st.sampled_from("ab 的中。"), max_size=30))
def test_a_title_is_compared_like_a_line(old: str, new: str) -> None:
    changes = differences(old, new)
    assert all(change.is_title for change in changes)
    pieces = [piece for change in changes for piece in change.pieces]
    if old != new:
        assert "".join(piece.text for piece in pieces if piece.mark != "new") == old
        assert "".join(piece.text for piece in pieces if piece.mark != "gone") == new


@given(TEXTS)
def test_equal_texts_have_no_changes(lines: list[str]) -> None:
    assert differences("\n".join(lines), "\n".join(lines)) == ()


HAN = (
    "的一是不了人我在有他这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而过天去能对小多然于心学"
)


def sentence(dice: random.Random, length: int = 40) -> str:
    return "".join(dice.choice(HAN) for _ in range(length)) + "。"


def large(kind: str) -> tuple[str, str]:
    """Two texts of 100 kB each."""
    dice = random.Random(1)
    sentences = [sentence(dice) for _ in range(830)]
    edited = [words[:9] + "新" + words[10:] if at % 20 == 0 else words for at, words in enumerate(sentences)]
    words = [dice.choice(("the", "of", "said", "mill", "price", "a")) for _ in range(23_000)]
    return {
        "paragraphs, some edited": ("\n".join(sentences), "\n".join(edited)),
        "one paragraph, some sentences edited": ("".join(sentences), "".join(edited)),
        "one paragraph, nothing the same": ("".join(sentences), "".join(sentence(dice) for _ in range(830))),
        "every paragraph written anew": ("\n".join(sentences), "\n".join(sentence(dice) for _ in range(830))),
        "paragraphs in another order": ("\n".join(sentences), "\n".join(dice.sample(sentences, 830))),
        "one word without end": ("a" * 100_000, "b" + "a" * 99_999),
        "one character without end": ("的" * 33_000, "了" + "的" * 32_000 + "了"),
        "lines without end": ("a\n" * 50_000, "a\nb\n" * 25_000),
        "words without sentences": (" ".join(words), " ".join(dice.sample(words, len(words)))),
    }[kind]


@pytest.mark.parametrize(
    "kind",
    [
        "paragraphs, some edited",
        "one paragraph, some sentences edited",
        "one paragraph, nothing the same",
        "every paragraph written anew",
        "paragraphs in another order",
        "one word without end",
        "one character without end",
        "lines without end",
        "words without sentences",
    ],
)
def test_long_texts_are_compared_in_a_bounded_time(kind: str) -> None:
    old, new = large(kind)
    started = time.process_time()
    changes = differences(f"t\n{old}", f"t\n{new}")
    assert time.process_time() - started < 5
    assert changes


def test_few_edits_of_a_long_paragraph_are_found_word_by_word() -> None:
    (change,) = differences(*("t\n" + text for text in large("one paragraph, some sentences edited")))
    gone = [piece.text for piece in change.pieces if piece.mark == "gone"]
    assert 30 < len(gone) <= 42
    assert {len(text) for text in gone} == {1}
    assert sum(len(piece.text) for piece in change.pieces) < 8_000
