"""Where one thing is said in several ways, the lowest rank wins; the first of equals stays."""

from datetime import UTC, datetime

from broadsheet.parse.elements.draft import Draft, Text

EARLY, LATE = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)


def test_the_better_text_is_kept() -> None:
    draft = Draft()
    for rank, value in ((1, "b"), (1, "c"), (0, ""), (0, "a"), (2, "d")):
        draft.say_text("title", rank, Text(value))
    assert draft.texts == {"title": Text("a")}


def test_the_better_date_is_kept() -> None:
    draft = Draft()
    for rank, moment in ((1, LATE), (0, None), (0, EARLY), (0, LATE)):
        draft.say_date("updated", rank, moment)
    assert draft.dates == {"updated": EARLY}


def test_the_better_word_is_kept() -> None:
    draft = Draft()
    for rank, word in ((2, "c"), (1, None), (1, ""), (1, "b"), (1, "x")):
        draft.say_word("id", rank, word)
    assert (draft.words, draft.ranks) == ({"id": "b"}, {"id": 1})
