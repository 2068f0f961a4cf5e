"""Claims of posts are put together where they are one."""

import pytest
from msgspec.structs import replace
from tests.group.ledger.samples import TIES, claim, denied, post, told

from broadsheet.group.ledger.match import WINDOW, Kin, gather
from broadsheet.model import Claim, LedgerPost, Mention

DAY = 24.0
KIN = Kin(TIES)
MENTIONS = tuple(
    Mention(start=90, end=92, surface=name, company=name, company_id=key)
    for name, key in (("青禾", "qinghe"), ("远帆", "yuanfan"))
)


def entries(*posts: LedgerPost) -> list[list[str]]:
    return [[one.claim.quote for one in entry] for entry in gather(told(*posts), KIN)]


def are_one(one: Claim, other: Claim, *, hours: float = 1, other_story: str | None = "s") -> bool:
    return len(entries(post("a", one), post("b", other, hours=hours, story=other_story))) == 1


RUMOUR = claim("青禾正洽谈与远帆合作造船", "partnership", "talks")


@pytest.mark.parametrize(
    ("other", "is_one"),
    [
        (claim("远帆与青禾成立合资公司", "joint_venture", "planned"), True),
        (claim("远帆与青禾集团商谈建厂", "partnership", "talks"), True),
        (claim("青禾洽谈与海川合作造船", "partnership", "talks"), False),
        (claim("青禾正洽谈与某厂合作造船", "partnership", "talks", parties=("青禾", "某厂")), True),
        (claim("青禾公司正洽谈合作造船一事", "partnership", "talks"), True),
        (claim("青禾发布新款手机", "partnership", "completed"), False),
        (claim("青禾和远帆的年报", "results", "completed"), False),
        (claim("青禾正洽谈与远帆合作造船", "other", "talks"), True),
        (claim("正洽谈与某公司合作造船", "partnership", "talks", parties=()), True),
        (claim("一切如常", "partnership", "talks", parties=()), False),
        (denied("青禾没有收购远帆的计划"), True),
    ],
)
def test_inside_a_story_deals_of_one_pair_are_one(other: Claim, *, is_one: bool) -> None:
    assert are_one(RUMOUR, other) is is_one


def test_a_and_b_buying_each_other_are_two_claims() -> None:
    assert not are_one(claim("青禾将收购远帆"), claim("远帆将收购青禾"))
    assert are_one(claim("青禾将收购远帆"), claim("远帆将被青禾收购"))


def test_claims_about_different_things_are_two() -> None:
    assert not are_one(claim("青禾收购远帆的常州工厂"), claim("青禾收购远帆的株洲工厂"))
    assert not are_one(claim("青禾计划赴港上市", "listing"), claim("青禾计划在A股上市", "listing"))
    assert are_one(claim("青禾计划明年赴港上市", "listing"), claim("青禾计划明年上市", "listing"))


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("青禾公布上月新签订单三百万吨", "青禾上月新签订单三百万吨创新高", True),
        ("青禾公布上月新签订单三百万吨", "青禾第三艘渡轮交付", False),
    ],
)
def test_what_one_company_tells_is_one_where_the_words_are_alike(one: str, other: str, *, is_one: bool) -> None:
    assert are_one(claim(one, "results", "completed"), claim(other, "results", "completed")) is is_one


def test_of_one_post_only_what_is_said_again_is_one() -> None:
    pair = claim("青禾与远帆签署合作框架协议", "partnership", "intent")
    again = claim("根据协议青禾提供船只", "contract", "planned")
    bought = claim("青禾出资百万建港口", "investment", "planned")
    assert entries(post("a", pair, again, bought)) == [[pair.quote, again.quote], [bought.quote]]


def test_across_stories_the_same_pair_goes_on_for_half_a_year() -> None:
    later = claim("青禾与远帆签署协议", "acquisition", "agreement", "company")
    days = WINDOW.days
    assert are_one(RUMOUR, later, hours=(days - 1) * DAY, other_story="t")
    assert not are_one(RUMOUR, later, hours=(days + 1) * DAY, other_story="t")
    assert not are_one(RUMOUR, claim("远帆与青禾集团签署协议", "partnership", "intent"), other_story="t")


def test_a_new_round_begins_after_a_deal_was_settled() -> None:
    done = claim("青禾完成收购远帆", "acquisition", "completed", "company")
    assert not are_one(done, claim("青禾考虑收购远帆"), other_story="t")
    assert are_one(done, claim("青禾已经收购远帆", "acquisition", "completed", "company"), other_story="t")


def test_across_stories_one_company_lists_once_and_its_products_are_many() -> None:
    listing = claim("青禾已接洽投行筹备赴港上市", "listing")
    assert are_one(listing, claim("青禾筹备赴港上市已接洽投行", "listing"), other_story="t")
    assert not are_one(listing, claim("青禾上市首日破发", "listing", "completed"), other_story="t")
    assert not are_one(claim("青禾发布手机", "product"), claim("青禾发布手机", "product"), other_story="t")


def test_what_joined_an_entry_under_another_event_does_not_draw_other_stories() -> None:
    odd = claim("青禾正洽谈与远帆合作造船", "listing", "talks")
    other = claim("青禾赴港上市", "listing", "talks")
    found = entries(post("a", RUMOUR), post("b", odd, hours=1), post("c", other, hours=2, story="t"))
    assert found == [[RUMOUR.quote, odd.quote], [other.quote]]


@pytest.mark.parametrize(
    ("one", "other", "akin"),
    [
        ("qinghe", "qinghe", True),
        ("qinghe", "qinghe-group", True),
        ("yuanfan", "haichuan", False),
        ("~时代永福", "~时代永福科技", True),
        ("~时代", "~时代永福科技", False),
        ("~qinghe", "qinghe-group", False),
    ],
)
def test_a_parent_and_its_listed_child_are_akin_and_so_are_forms_of_a_name(
    one: str, other: str, *, akin: bool
) -> None:
    assert KIN.akin(one, other) is akin


def test_each_party_is_shared_once() -> None:
    assert KIN.shared(("qinghe", "yuanfan"), ("qinghe-group", "yuanfan")) == 2
    assert KIN.shared(("qinghe", "yuanfan"), ("qinghe-group", "yuanfan"), closely=True) == 1
    assert KIN.shared(("qinghe", "qinghe-group"), ("qinghe",)) == 1


def test_the_very_words_are_one_claim_whomever_the_text_names_before() -> None:
    words = "法定代表人由张某变更为韩某，注册资本增加"
    one, other = (claim(words, "other", "completed", parties=(name,)) for name in ("甲公司", "乙公司"))
    assert are_one(one, other)
    assert not are_one(claim("换人", "other", parties=("甲公司",)), claim("换人", "other", parties=("乙公司",)))
    listed = [claim(words, "other", "completed", parties=(name,)) for name in ("青禾", "远帆")]
    named = [post("a", listed[0]), post("b", listed[1], hours=1)]
    mentioned = [replace(one, facts=replace(one.facts, mentions=MENTIONS)) for one in named]
    assert len(entries(*mentioned)) == 2
