"""The claims of a story, the principal one first."""

from msgspec.structs import replace
from tests.group.ledger.samples import claim, post

from broadsheet.group.ledger.keep import keep_ledger
from broadsheet.group.ledger.order import in_order
from broadsheet.model import LedgerEntry, LedgerPost


def entries(*posts: LedgerPost) -> list[LedgerEntry]:
    return list(keep_ledger(posts, (), ()).entries)


DEAL = claim("青禾考虑收购远帆")
RESULT = claim("青禾营收增长", "results", "completed")
ASIDE = claim("青禾改名", "other", "completed")


def test_deals_stand_first_and_asides_last() -> None:
    told = in_order(entries(post("a", ASIDE, RESULT, DEAL)), {"a"})
    assert [entry.event for entry in told] == ["acquisition", "results", "other"]


def test_a_view_is_an_aside_whatever_it_is_of() -> None:
    deal, result = in_order(entries(post("a", RESULT, DEAL)), {"a"})
    told = in_order([replace(deal, status="view"), result], {"a"})
    assert [entry.event for entry in told] == ["results", "acquisition"]


def test_of_deals_the_one_that_most_posts_of_the_story_tell_is_first_then_the_one_said_first() -> None:
    other = claim("青禾考虑与海川合作", "partnership")
    found = entries(post("a", DEAL, other), post("b", other))
    assert [entry.event for entry in in_order(found, {"a", "b"})] == ["partnership", "acquisition"]
    assert [entry.event for entry in in_order(found, {"a"})] == ["acquisition", "partnership"]
    assert len(in_order(found, ())) == 2
