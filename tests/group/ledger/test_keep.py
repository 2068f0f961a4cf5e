"""The ledger: one entry for one claim, whatever order its posts come in; ids stay."""

from itertools import permutations

from msgspec.structs import replace
from tests.group.ledger.samples import NOON, TIES, claim, denied, post

from broadsheet.group.ledger.keep import keep_ledger, keys_of
from broadsheet.model import LedgerEntry, LedgerPost, entry_id

RUMOUR = claim("青禾集团正洽谈与远帆合作造船", "partnership", "talks", name="知情人士")
STAKE = claim("青禾集团考虑入股海川", "stake", name="知情人士")
DEAL = claim("青禾集团与远帆签署协议", "partnership", "agreement", "company", name="公告")
FIRST = post("a", RUMOUR, STAKE, outlet="彭博社", answers=(("青禾集团", "no_reply"), ("远帆", "no_reply")))
SECOND = post("b", RUMOUR, hours=1, origins=("彭博",))
COPY = post("c", RUMOUR, hours=2, carries="a")
DENIAL = post("d", denied("远帆否认与青禾合作造船"), hours=3, answers=(("远帆", "denied"),))
LATER = post("e", DEAL, hours=240, story="t")
POSTS = (FIRST, SECOND, COPY, DENIAL, LATER)


def ledger(*posts: LedgerPost, known: tuple[LedgerEntry, ...] = ()) -> tuple[LedgerEntry, ...]:
    return keep_ledger(posts, TIES, known).entries


def test_a_rumour_is_repeated_denied_and_announced_in_another_story() -> None:
    deal, stake = ledger(*POSTS)
    assert [step.kind for step in deal.steps] == [
        "said", "asked", "asked", "repeated", "repeated", "denied", "advanced",
    ]  # fmt: skip
    assert (deal.status, deal.stage, deal.grounds.overruled) == ("announced", "agreement", ("denied",))
    assert deal.roots == ("彭博", "青禾集团")
    assert deal.stories == ("s", "t")
    assert [party.company_id for party in deal.parties] == ["qinghe-group", "yuanfan"]
    assert (stake.status, stake.grounds.silent, stake.grounds.unheard) == ("rumour", ("青禾集团",), ("海川",))
    assert {one.id for one in (deal, stake)} == {
        entry_id("a", FIRST.facts.claims[0].start, NOON),
        entry_id("a", FIRST.facts.claims[1].start, NOON),
    }


def test_bloomberg_cited_by_ten_is_one_root() -> None:
    citing = [post(f"n{number}", RUMOUR, hours=number, origins=("彭博社",)) for number in range(1, 11)]
    (entry,) = ledger(post("a", RUMOUR, outlet="Bloomberg"), *citing)
    assert (entry.roots, len(entry.steps), entry.grounds.turns[0]) == (("彭博",), 11, "second_root")
    (entry,) = ledger(post("a", claim("青禾将收购远帆", source="market_rumour")))
    assert entry.roots == ("",)


def _without_ids(entries: tuple[LedgerEntry, ...]) -> list[LedgerEntry]:
    return sorted((replace(entry, id="") for entry in entries), key=str)


def test_whatever_order_the_posts_come_in_the_entries_are_the_same() -> None:
    whole = _without_ids(ledger(*POSTS))
    for order in permutations(POSTS):
        known: dict[str, LedgerEntry] = {}
        for number in range(len(order)):
            changes = keep_ledger(order[: number + 1], TIES, tuple(known.values()))
            known = {key: entry for key, entry in known.items() if key not in changes.ended}
            known |= {entry.id: entry for entry in changes.entries}
        assert _without_ids(tuple(known.values())) == whole


def test_an_entry_keeps_its_id_when_an_earlier_post_arrives() -> None:
    (known,) = ledger(SECOND)
    found = ledger(FIRST, SECOND, known=(known,))
    assert [entry.id for entry in found if entry.event == "partnership"] == [known.id]
    assert keep_ledger((FIRST, SECOND), TIES, found).entries == ()


def test_an_entry_whose_claims_are_no_more_ends() -> None:
    (known,) = ledger(SECOND)
    changes = keep_ledger((post("b", hours=1),), TIES, (known,))
    assert (changes.entries, changes.ended) == ((), (known.id,))


def test_of_entries_that_become_one_the_oldest_id_stands() -> None:
    apart = [ledger(SECOND)[0], replace(ledger(LATER)[0])]
    changes = keep_ledger((SECOND, LATER), TIES, apart)
    assert [entry.id for entry in changes.entries] == [min(one.id for one in apart)]
    assert changes.ended == (max(one.id for one in apart),)


def test_an_entry_that_fell_apart_leaves_its_name_to_where_most_of_it_is() -> None:
    one, two = claim("青禾计划赴港上市", "listing"), claim("青禾筹备赴港上市", "listing")
    joined = ledger(post("a", one), post("b", two, hours=1), post("c", two, hours=2))
    moved = post("a", one, story=None)
    other = claim("青禾考虑赴美上市", "listing")
    changes = keep_ledger(
        (replace(moved, facts=post("a", other).facts), post("b", two, hours=1), post("c", two, hours=2)), TIES, joined
    )
    stayed, begun = sorted(changes.entries, key=lambda entry: entry.id != joined[0].id)
    assert (stayed.id, stayed.steps[0].post_id) == (joined[0].id, "b")
    assert begun.id != joined[0].id
    assert begun.steps[0].post_id == "a"


def test_a_name_that_another_bears_is_given_to_nobody_else() -> None:
    one = claim("青禾计划赴港上市", "listing")
    (known,) = ledger(post("a", one))
    bearer = replace(known, steps=ledger(post("z", claim("海川考虑上市", "listing"), story="u"))[0].steps)
    found = ledger(
        post("a", one),
        post("b", one, hours=1),
        post("z", claim("海川考虑上市", "listing"), story="u"),
        known=(bearer,),
    )
    ids = {entry.parties[0].name: entry.id for entry in found}
    assert ids["海川"] == known.id
    assert ids["青禾"] == entry_id("b", 0, NOON.replace(hour=13))
    again = ledger(post("a", one), post("z", claim("海川考虑上市", "listing"), story="u"), known=(bearer,))
    assert len({entry.id for entry in again}) == 2


def test_what_names_nobody_is_no_entry_but_may_repeat_one() -> None:
    nobody = claim("正洽谈合作造船", "partnership", "talks", parties=())
    assert ledger(post("a", nobody)) == ()
    (entry,) = ledger(post("a", nobody), post("b", RUMOUR, hours=1))
    assert [party.name for party in entry.parties] == ["青禾集团", "远帆"]


def test_what_ends_is_terminated_and_hedges_are_kept() -> None:
    ended = claim("青禾集团终止与远帆合作", "partnership", "terminated", "filing", status="terminated")
    hedged = replace(RUMOUR, hedges=("no_assurance",))
    (entry,) = ledger(post("a", hedged), post("b", ended, hours=1))
    assert (entry.status, entry.stage, entry.hedges) == ("terminated", "terminated", ("no_assurance",))
    (only,) = ledger(post("b", ended))
    assert (only.status, only.stage, only.event) == ("terminated", "terminated", "partnership")


def test_the_single_party_of_a_deal_and_past_agreements_are_told() -> None:
    lone = claim("青禾考虑投资造船", "investment")
    dated = claim("青禾与远帆那天签约", "contract", "intent", "outlet")
    (entry,) = ledger(post("a", lone))
    assert [party.name for party in entry.parties] == ["青禾"]
    found = ledger(post("a", RUMOUR, dated, dates=(("那天", "2017-07-28"),)))
    assert [[one.value for one in entry.past] for entry in found] == [["2017-07-28"]]


def test_entries_are_found_by_the_keys_of_posts() -> None:
    (known,) = ledger(SECOND)
    assert keys_of((LATER,)) & set(known.keys)
    assert keys_of((post("x", story=None),)) == {"story|x"}
