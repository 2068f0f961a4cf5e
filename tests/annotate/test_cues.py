import re

import pytest

from broadsheet.annotate.clauses import split_sentences
from broadsheet.annotate.cues import KINDS, LANGUAGES, MASK, Cue, Entry, find_cues, read_entries
from broadsheet.annotate.folding import fold

ENTRIES = [entry for kind in KINDS for language in LANGUAGES for entry in read_entries(kind, language)]


def cues_of(kind: str, text: str) -> list[Cue]:
    return list(find_cues(fold(text), split_sentences(text)).of(kind))


def said(kind: str, text: str) -> list[tuple[str, str]]:
    return [(cue.value, text[cue.start : cue.end]) for cue in cues_of(kind, text)]


def stands(entry: Entry, text: str) -> bool:
    return (entry.pattern or re.compile("|".join(map(re.escape, entry.heads)))).search(text) is not None


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.kind}-{entry.value}-{entry.heads[0]}")
def test_every_entry_finds_its_example(entry: Entry) -> None:
    assert stands(entry, entry.example.lower())
    values = [cue.value for cue in cues_of(entry.kind, entry.example)]
    if entry.value == MASK:
        heads = [(entry.example.find(head), len(head)) for head in entry.heads if head in entry.example.lower()]
        covered = [(cue.start, cue.end) for cue in cues_of(entry.kind, entry.example)]
        assert heads
        assert not any(at <= start and end <= at + size for at, size in heads for start, end in covered)
    else:
        assert entry.value in values


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.kind}-{entry.value}-{entry.heads[0]}")
def test_heads_are_in_the_form_that_texts_are_compared_in(entry: Entry) -> None:
    assert all(head == head.lower().strip() or head.endswith(" ") for head in entry.heads)
    assert len(set(entry.heads)) == len(entry.heads)


def test_a_cue_knows_its_sentence_its_clause_and_the_name_in_it() -> None:
    text = "晨光网3月1日讯，一切正常。晨星考虑收购远山"
    (cue,) = cues_of("origins", text)
    assert (cue.sentence, cue.clause, text[slice(*cue.name)]) == (0, 0, "晨光网")
    (cue,) = cues_of("stages", text)
    assert (cue.value, cue.sentence, cue.clause) == ("considering", 1, 0)


def test_a_mask_hides_what_it_covers() -> None:
    assert said("events", "收购方没有露面") == []
    assert said("polarity", "公司并未否认") == []


def test_what_stands_in_brackets_is_no_cue_but_an_origin() -> None:
    assert said("stages", "甲公司（已考虑收购）") == []
    assert said("origins", "甲公司（来源：晨光网）") == [("credit", "（来源：晨光网）")]


def test_english_heads_are_whole_words() -> None:
    assert said("sources", "a nonspokesman, spokesmanlike") == []
    assert said("sources", "a spokesman.") == [("company", "spokesman")]


def test_a_head_outside_every_clause_is_none() -> None:
    assert find_cues("收购", ()).of("events") == ()


def test_places_without_cues_are_empty() -> None:
    assert find_cues("", ()).at("events", 0, 0) == ()
