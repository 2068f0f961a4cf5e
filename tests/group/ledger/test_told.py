"""Claims are read with who, which way, of what, and in which words."""

import pytest
from msgspec.structs import replace
from tests.group.ledger.samples import claim, post, told

from broadsheet.group.ledger.told import contained, is_official, keys_of_post, party_key, party_of, read_told
from broadsheet.group.texts.listed import read_lines
from broadsheet.model import DateMention, Party


def test_a_party_is_known_by_the_book_or_by_its_folded_name() -> None:
    (one,) = told(post("a", claim("青禾将收购Alpha", parties=("青禾", "Alpha"))))
    assert one.who == ("qinghe", "~alpha")
    assert party_of("Alpha", one.post.facts) == Party("Alpha")
    assert party_key(Party("青禾", "qinghe")) == "qinghe"


@pytest.mark.parametrize(
    ("quote", "way"),
    [
        ("青禾将收购远帆", ("qinghe", "yuanfan")),
        ("远帆将被青禾收购", ("qinghe", "yuanfan")),
        ("远帆获青禾战略入股", ("qinghe", "yuanfan")),
        ("青禾 is to be acquired by 远帆", ("yuanfan", "qinghe")),
        ("青禾 agreed to buy 远帆", ("qinghe", "yuanfan")),
        ("青禾将与远帆合作", None),
        ("青禾将收购一家公司", None),
    ],
)
def test_who_gets_and_who_gives_is_told_by_the_words_of_a_deal(quote: str, way: tuple[str, str] | None) -> None:
    assert told(post("a", claim(quote)))[0].way == way


def test_every_line_of_directions_and_objects_has_a_text_that_it_fits() -> None:
    for file, place in (("directions.tsv", 1), ("objects.tsv", 2)):
        for line in read_lines(file):
            fields = line.split("\t")
            (one,) = told(post("a", claim(fields[-1], parties=("青禾",))))
            kinds = {fields[0]} if place == 2 else set()
            assert kinds <= {kind for kind, _ in one.things}, line


@pytest.mark.parametrize(
    ("quote", "things"),
    [
        ("青禾计划赴港上市", {("venue", "hk")}),
        ("青禾考虑在A股上市", {("venue", "cn")}),
        ("青禾收购远帆的常州工厂", {("site", "常州")}),
        ("青禾将出售手机业务", {("unit", "手机")}),
        ("青禾考虑卖掉它的手机业务", {("unit", "手机")}),
        ("青禾将与远帆合作", set()),
    ],
)
def test_what_a_claim_is_about_besides_its_parties_is_told(quote: str, things: set[tuple[str, str]]) -> None:
    assert told(post("a", claim(quote)))[0].things == things


@pytest.mark.parametrize(
    ("value", "stage", "event", "is_past"),
    [
        ("2024-07-28", "intent", "partnership", True),
        ("2024-07", "agreement", "acquisition", True),
        ("2024-12", "agreement", "acquisition", True),
        ("2024", "completed", "stake", True),
        ("2025-Q1", "completed", "stake", True),
        ("2026-11-10", "agreement", "partnership", False),
        ("2026", "agreement", "partnership", False),
        ("2024-07-28", "talks", "partnership", False),
        ("2024-07-28", "completed", "results", False),
    ],
)
def test_a_deal_that_was_done_long_before_is_past(value: str, stage: str, event: str, *, is_past: bool) -> None:
    one = claim("青禾与远帆那天签约", event, stage, "outlet")  # type: ignore[arg-type]
    assert bool(told(post("a", one, dates=(("那天", value),)))[0].since) is is_past


def test_what_is_denied_or_without_a_date_is_not_past() -> None:
    one = replace(claim("青禾与远帆那天签约", "partnership", "intent"), polarity="denied")
    assert told(post("a", one, dates=(("那天", "2024"),)))[0].since is None
    assert told(post("a", replace(one, polarity="affirmed")))[0].since is None


def test_a_claim_is_found_by_its_story_and_its_pair_of_parties_or_its_party() -> None:
    (deal,) = told(post("a", claim("青禾将收购远帆")))
    assert deal.keys == ("story|s", "deals|qinghe|yuanfan")
    (listing,) = told(post("b", claim("青禾将赴港上市", "listing"), story=None))
    assert listing.keys == ("story|b", "listing|qinghe")
    (other,) = told(post("c", claim("青禾发布新品", "product")))
    assert other.keys == ("story|s",)
    for one in (deal, listing, other):
        assert {*keys_of_post(one.post)} == {*one.keys}


def test_a_record_is_official_and_hearsay_is_not() -> None:
    assert is_official(claim("青禾入股远帆", "stake", "talks", "data_vendor", status="in_talks"))
    assert is_official(claim("青禾入股远帆", "stake", "planned", "named_person", status="announced"))
    (one,) = read_told(post("a", claim("青禾将收购远帆")))
    assert one.is_hearsay


def test_terms_are_contained_by_weight() -> None:
    assert contained(frozenset({"梓渊"}), frozenset({"梓渊", "槐桐"})) == 1
    assert contained(frozenset({"梓渊"}), frozenset({"槐桐"})) == 0
    assert contained(frozenset(), frozenset({"槐桐"})) == 0


def test_a_date_before_the_words_of_a_claim_in_their_sentence_is_its_date() -> None:
    text = "青禾与海川来往已久。那天，青禾与海川签署协议。"
    one = claim("青禾与海川签署协议", "partnership", "agreement")
    facts = post("a", one).facts
    start = text.index(one.quote)
    moved = replace(one, start=start, end=start + len(one.quote))
    day = DateMention(start=10, end=12, surface="那天", value="2017-07-28", precision="day")
    elsewhere = replace(day, start=0, end=2)
    for date, found in ((day, day), (elsewhere, None)):
        said = replace(post("a", one), facts=replace(facts, text=text, claims=(moved,), dates=(date,)))
        assert told(said)[0].since == found
