"""Companies named in texts: golden cases, and what holds of every text."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.annotate.conftest import BOOK, DAY, Annotate

from broadsheet.annotate import NameBook, annotate_post

CASES = [
    line.partition("\t")
    for line in (Path(__file__).parents[1] / "golden" / "mentions.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
WORDS = [
    "玉兔科技",
    "罗盘",
    "晨报网",
    "（600901）",
    "、",
    "和",
    "公司",
    "有限公司",
    "领投",
    "股价",
    "ACME",
    "Inc",
    "据",
    "。",
    "\n",
    "ＹＵ",
]


@pytest.mark.parametrize(("text", "_", "expected"), CASES, ids=[text for text, _, _ in CASES])
def test_a_company_is_found_and_linked_as_the_text_says(annotate: Annotate, text: str, _: str, expected: str) -> None:
    found = annotate(text, "en" if text.isascii() else "zh").mentions
    said = (f"{mention.surface}={mention.security or '-'}/{mention.relation}" for mention in found)
    assert " ".join(dict.fromkeys(said)) == expected


def test_all_listings_of_the_issuer_go_with_the_one_meant(annotate: Annotate) -> None:
    (mention,) = annotate("玉兔科技港股涨2%。").mentions
    assert (mention.company, mention.company_id, mention.securities) == ("玉兔科技", "jade", ("600901.SH", "0901.HK"))


def test_a_name_of_two_issuers_is_ambiguous(annotate: Annotate) -> None:
    (mention,) = annotate("双生股份涨停。").mentions
    assert (mention.company, mention.security, mention.securities) == (None, None, ("600906.SH", "000907.SZ"))


def test_a_venture_has_the_listings_of_its_partners_and_none_of_its_own(annotate: Annotate) -> None:
    (mention,) = annotate("北南合资汽车下线新车。").mentions
    assert (mention.security, mention.securities) == (None, ("1904.HK", "600905.SH"))


@given(
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=4)), max_size=30).map("".join),
    st.sampled_from(["zh", "en"]),
)
def test_every_surface_is_its_span_and_no_mention_overlaps_another(text: str, language: str) -> None:
    book = NameBook(BOOK)
    found = annotate_post(text, language, DAY, book)
    ends = [0, *(mention.end for mention in found.mentions)]
    assert all(text[fact.start : fact.end] == fact.surface for fact in found.mentions)
    assert all(end <= mention.start for end, mention in zip(ends, found.mentions, strict=False))
    assert annotate_post(text, language, DAY, book) == found


def test_a_name_that_goes_on_to_the_one_whose_code_follows_takes_it_in(annotate: Annotate) -> None:
    assert [mention.surface for mention in annotate("ACME玉兔科技（600901）").mentions] == ["ACME玉兔科技"]
