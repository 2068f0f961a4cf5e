"""Past agreements are background: of the same parties, each told once."""

from msgspec.structs import replace
from tests.group.ledger.samples import TIES, claim, post, told

from broadsheet.group.ledger.match import Kin
from broadsheet.group.ledger.past import past_of, read_past
from broadsheet.group.ledger.told import Told
from broadsheet.model import DateMention, LedgerPost

KIN = Kin(TIES)
NEWS = claim("青禾正洽谈与远帆合作造船", "partnership", "talks")
DATED = claim("青禾集团与远帆于那天签约", "contract", "intent", "outlet")
NAMELESS = claim("两家企业那年已宣布合作", "partnership", "intent", "outlet", parties=("海川", "山城"))
DATES = (("那天", "2017-07-28"), ("那年", "2017"))


def past(*posts: LedgerPost, of: int = 0) -> list[tuple[str, str | None, str]]:
    found = told(*posts)
    news = [one for one in found if not one.since]
    entry: list[Told] = [news[of]]
    return [(one.quote, one.value, one.precision) for one in past_of(entry, read_past(found), KIN)]


def test_an_agreement_is_told_once_by_its_exactest_date() -> None:
    assert past(post("a", NEWS, DATED, NAMELESS, dates=DATES)) == [(DATED.quote, "2017-07-28", "day")]


def test_one_that_names_nobody_is_of_the_deal_that_its_post_tells_first() -> None:
    stake = claim("青禾考虑入股海川", "stake")
    one = post("a", NEWS, stake, NAMELESS, dates=DATES[1:])
    assert past(one) == [(NAMELESS.quote, "2017", "day")]
    assert past(one, of=1) == []
    assert past(post("a", claim("青禾发布手机", "product"), NAMELESS, dates=DATES[1:])) == []


def test_another_post_of_the_story_may_tell_it_and_another_pair_has_its_own() -> None:
    other = post("b", DATED, dates=DATES[:1])
    assert past(post("a", NEWS), other) == [(DATED.quote, "2017-07-28", "day")]
    assert past(post("a", claim("青禾洽谈与海川合作", "partnership", "talks")), other) == []


def test_several_agreements_stand_in_the_order_of_their_days() -> None:
    later = claim("青禾与远帆当时签约", "stake", "completed", "outlet")
    one = post("a", NEWS, later, DATED, dates=(("当时", "2019-01"), *DATES[:1]))
    assert [value for _, value, _ in past(one)] == ["2017-07-28", "2019-01"]


def test_a_sentence_of_the_post_that_names_both_may_date_it_exacter() -> None:
    one = post("a", NEWS, NAMELESS, dates=DATES[1:], answers=(("青禾和远帆于那天签约", "confirmed"),))
    start = one.facts.text.index("那天")
    exact = DateMention(start=start, end=start + 2, surface="那天", value="2017-07-28", precision="day")
    dated = replace(one, facts=replace(one.facts, dates=(*one.facts.dates, exact)))
    assert past(dated) == [("青禾和远帆于那天签约回应", "2017-07-28", "day")]
    alone = post("a", NEWS, NAMELESS, dates=DATES[1:], answers=(("青禾于那天成立", "confirmed"),))
    start = alone.facts.text.index("那天")
    other = replace(exact, start=start, end=start + 2)
    assert past(replace(alone, facts=replace(alone.facts, dates=(*alone.facts.dates, other)))) == [
        (NAMELESS.quote, "2017", "day")
    ]
