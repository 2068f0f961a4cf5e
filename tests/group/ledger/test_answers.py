"""Answers belong to the claims that they are about."""

from msgspec.structs import replace
from tests.group.ledger.samples import TIES, claim, post, told

from broadsheet.group.ledger.answers import answers_of
from broadsheet.group.ledger.match import Kin, gather
from broadsheet.model import LedgerPost

KIN = Kin(TIES)
PAIR = claim("青禾正洽谈与远帆合作造船", "partnership", "talks")
STAKE = claim("青禾考虑入股海川", "stake")
FILED = claim("青禾公布年报", "results", "completed", "filing")


def answers(*posts: LedgerPost) -> dict[int, list[tuple[str, str]]]:
    found = answers_of(posts, gather(told(*posts), KIN), KIN)
    return {number: [(one.party, one.reply.response) for one in said] for number, said in found.items()}


def test_who_is_silent_is_silent_about_all_that_the_post_heard() -> None:
    one = post("a", PAIR, FILED, STAKE, answers=(("青禾", "no_reply"), ("远帆", "no_comment")))
    assert answers(one) == {
        0: [("青禾", "no_reply"), ("远帆", "no_comment")],
        2: [("青禾", "no_reply")],
    }


def test_who_speaks_speaks_of_what_stands_nearest() -> None:
    assert answers(post("a", PAIR, STAKE, answers=(("青禾", "denied"),))) == {1: [("青禾", "denied")]}


def test_a_denial_within_a_claim_is_of_that_claim() -> None:
    one = post("a", claim("青禾回应称没有收购远帆", source="company"), STAKE, answers=(("青禾", "denied"),))
    assert answers(one) == {1: [("青禾", "denied")]}
    heard = claim("传青禾回应收购远帆", source="market_rumour")
    assert answers(post("a", heard, STAKE, answers=(("青禾", "denied"),))) == {0: [("青禾", "denied")]}


def test_an_answer_before_every_claim_is_of_the_first() -> None:
    whole = post("a", PAIR, STAKE, answers=(("青禾", "confirmed"),))
    reply = replace(whole.facts.responses[0], start=-5, end=-1)
    assert answers(replace(whole, facts=replace(whole.facts, responses=(reply,)))) == {0: [("青禾", "confirmed")]}


def test_silence_about_what_a_party_said_itself_is_of_the_nearest() -> None:
    assert answers(post("a", FILED, answers=(("青禾", "no_comment"),))) == {0: [("青禾", "no_comment")]}


def test_a_post_that_claims_nothing_of_it_answers_what_its_story_told_last() -> None:
    posts = (post("a", PAIR), post("b", hours=1, answers=(("青禾集团", "denied"), ("山城", "denied"))))
    assert answers(*posts) == {0: [("青禾", "denied")]}
    early = post("b", hours=-1, answers=(("青禾", "denied"),))
    assert answers(post("a", PAIR), early) == {}
    alone = (post("a", PAIR), post("b", hours=1, story=None, answers=(("青禾", "denied"),)))
    assert answers(*alone) == {}
