"""Facts are kept with their posts, restored word for word, read again when posts change, and find posts."""

import pytest
from msgspec.structs import replace
from tests.store.builders import NOON, make_batch, make_feed, make_revision, minutes

from broadsheet.errors import NotFoundError
from broadsheet.model import (
    Annotations,
    Article,
    ArticlePage,
    Claim,
    Clock,
    DateMention,
    Mention,
    MoveReport,
    Origin,
    Reply,
    Status,
)
from broadsheet.store import Store
from broadsheet.store.facts import companies_of, kinds_of

BY = ("rules 1", "book 1")
ONE = make_revision("one", body="小米今日涨超3%，知情人士称小米正洽谈收购。")
TWO = make_revision("two", title="雷军现身", body="小米没有回应。", at=minutes(2))
THREE = make_revision("three", title="天气", body="天气晴。", at=minutes(4))
ALL = [ONE.post_id, TWO.post_id, THREE.post_id]


@pytest.fixture
def filled(store: Store) -> Store:
    store.apply([make_batch(ONE, TWO, THREE)])
    return store


def found_in(text: str, *, status: Status = "rumour", company: str = "xiaomi") -> Annotations:
    """What a simple reader finds: 小米, a move where something rises, a claim of one status where somebody talks."""
    at = text.find("小米")
    mention = Mention(start=at, end=at + 2, surface="小米", company="小米集团", company_id=company)
    move = text.find("涨超3%")
    claim = text.find("知情人士称")
    end, said = claim + 5, "知情人士称"
    return Annotations(
        language="zh",
        text=text,
        mentions=(mention,) if at >= 0 else (),
        moves=(MoveReport(start=move, end=move + 4, surface="涨超3%", instrument="小米", direction="up", value=3.0),)
        if move >= 0
        else (),
        claims=(Claim(start=claim, end=end, quote=said, event="stake", parties=("小米",), status=status),)
        if claim >= 0
        else (),
        responses=(Reply(start=claim, end=end, quote=said, party="小米", response="no_reply"),) if claim >= 0 else (),
        origins=(Origin(start=claim, end=end, quote=said, outlet="某报", byline=True),) if claim >= 0 else (),
        dates=(DateMention(start=0, end=2, surface=text[:2], value="2026-11", precision="month"),),
    )


def read(store: Store, by: tuple[str, str] = BY, limit: int = 100) -> list[str]:
    """Read a portion of posts; their ids."""
    portion = store.facts.unread(limit)
    assert store.facts.keep(portion, {post.post_id: found_in(post.text) for post in portion.posts}, by)
    return [post.post_id for post in portion.posts]


def waiting(store: Store) -> list[str]:
    return [post.post_id for post in store.facts.unread().posts]


def test_posts_are_read_once_in_the_order_of_arrival(filled: Store) -> None:
    assert filled.facts.count_unread() == 3
    assert read(filled, limit=2) == ALL[:2]
    assert filled.facts.count_unread() == 1
    assert read(filled) == ALL[2:]
    assert waiting(filled) == []
    assert filled.facts.count_unread() == 0


def test_a_post_is_read_as_finding_facts_needs_it(store: Store) -> None:
    feed = replace(make_feed(), zone="Asia/Shanghai")
    store.apply([make_batch(replace(TWO, clean=replace(TWO.clean, language="zh")), feed=feed)])
    (post,) = store.facts.unread().posts
    assert (post.post_id, post.feed_id, post.zone) == (TWO.post_id, feed.id, "Asia/Shanghai")
    assert (post.published, post.language, post.text) == (minutes(2), "zh", "雷军现身\n小米没有回应。")


def test_facts_come_back_word_for_word(filled: Store) -> None:
    read(filled)
    facts = filled.facts.of([*ALL, "20261123-0000000000"])
    assert facts == {post: found_in(filled.post(post).text) for post in ALL}
    assert facts[ONE.post_id].claims


def test_kept_facts_do_not_repeat_the_text(filled: Store) -> None:
    body = "知情人士称小米涨超3%。" + "字" * 5000
    filled.apply([make_batch(make_revision("long", body=body, at=minutes(9)))])
    read(filled)
    assert 0 < filled.sizes()["facts"] < 4 * 500


def test_an_edited_post_has_no_facts_until_it_is_read_again_once(filled: Store) -> None:
    read(filled)
    for number in range(2):
        filled.apply([make_batch(make_revision("one", body=f"小米改 {number}", post=ONE.post_id))])
    assert set(filled.facts.of(ALL)) == set(ALL[1:])
    assert read(filled) == ALL[:1]
    assert filled.facts.of(ALL)[ONE.post_id].moves == ()
    assert waiting(filled) == []


def test_a_post_that_is_made_again_is_read_again(filled: Store) -> None:
    read(filled)
    assert filled.replace([ONE, TWO]) == 0
    assert waiting(filled) == []
    assert filled.replace([make_revision("one", body="今天的规则")]) == 1
    assert read(filled) == ALL[:1]
    assert waiting(filled) == []


def test_a_post_whose_article_is_read_has_the_facts_of_the_article(filled: Store) -> None:
    read(filled)
    text = f"{TWO.clean.title}\n知情人士称小米涨超3%"
    page = ArticlePage(address="https://news.example/2", body=b"<p>", fetched_at=NOON)
    filled.replace([replace(TWO, article=Article(page=page, clean=replace(TWO.clean, text=text)))])
    read(filled)
    assert filled.facts.of([TWO.post_id])[TWO.post_id] == found_in(text)


def test_several_posts_that_change_again_and_again_wait_once_each(filled: Store) -> None:
    read(filled)
    for number in range(3):
        again = [make_revision(post.entry_id, body=f"规则 {number}") for post in (TWO, ONE, THREE)]
        assert filled.replace(again) == 3
    assert sorted(waiting(filled)) == sorted(ALL)
    assert filled.facts.count_unread() == 3
    read(filled)
    assert waiting(filled) == []


def test_a_post_that_changed_before_it_was_read_is_read_once(filled: Store) -> None:
    filled.replace([make_revision("two", body="今天的规则", at=minutes(2))])
    assert waiting(filled) == [TWO.post_id, ONE.post_id, THREE.post_id]
    assert filled.facts.count_unread() == 3
    read(filled)
    assert waiting(filled) == []


def test_posts_whose_date_is_put_right_are_read_again(store: Store) -> None:
    store.apply([make_batch(replace(ONE, published=minutes(400)))])
    read(store)
    store.apply([replace(make_batch(), clock=Clock(ahead_s=28_800, since=NOON))])
    assert [post.published for post in store.facts.unread().posts] == [minutes(-80)]


def test_a_post_that_changes_while_it_is_read_is_read_again(filled: Store) -> None:
    portion = filled.facts.unread()
    found = {post.post_id: found_in(post.text) for post in portion.posts}
    filled.replace([make_revision("one", body="今天的规则")])
    filled.apply([make_batch(make_revision("two", body="改了", post=TWO.post_id))])
    assert filled.facts.keep(portion, found, BY)
    assert set(filled.facts.of(ALL)) == {THREE.post_id}
    assert sorted(waiting(filled)) == sorted(ALL[:2])


def test_of_two_who_read_at_once_the_second_reads_again(filled: Store) -> None:
    one, two = filled.facts.unread(), filled.facts.unread()
    assert filled.facts.keep(one, {post.post_id: found_in(post.text) for post in one.posts}, BY)
    assert not filled.facts.keep(two, {post: found_in("别的") for post in ALL}, ("rules 2", "book 1"))
    assert filled.facts.readers() == {BY: 3}
    assert filled.facts.of(ALL)[ONE.post_id].mentions


def test_facts_of_a_post_that_is_not_there_keep_nothing(filled: Store) -> None:
    portion = filled.facts.unread()
    with pytest.raises(NotFoundError):
        filled.facts.keep(portion, {ONE.post_id: found_in("小米"), "20261123-0000000000": found_in("")}, BY)
    assert filled.facts.of(ALL) == {}
    assert waiting(filled) == ALL


def test_all_posts_are_read_again_newest_first_and_keep_their_facts_meanwhile(filled: Store) -> None:
    read(filled)
    under_way = filled.facts.unread()
    filled.facts.read_all_again()
    assert not filled.facts.keep(under_way, {}, BY)
    assert set(filled.facts.of(ALL)) == set(ALL)
    newer = ("rules 2", "book 2")
    assert read(filled, newer, limit=1) == [THREE.post_id]
    assert filled.facts.readers() == {BY: 2, newer: 1}
    assert read(filled, newer) == [TWO.post_id, ONE.post_id]
    assert filled.facts.readers() == {newer: 3}
    assert waiting(filled) == []


def test_nothing_is_to_be_read_again_in_an_empty_store(store: Store) -> None:
    store.facts.read_all_again()
    assert waiting(store) == []


def test_a_company_finds_its_posts_newest_first(filled: Store) -> None:
    read(filled)
    assert filled.facts.posts_of("xiaomi") == [TWO.post_id, ONE.post_id]
    assert filled.facts.posts_of("xiaomi", limit=1) == [TWO.post_id]
    assert filled.facts.posts_of("xiaomi", before=minutes(2)) == [ONE.post_id]
    assert filled.facts.posts_of("byd") == []
    assert filled.facts.companies() == {"xiaomi": 2}


def test_a_kind_of_fact_finds_its_posts(filled: Store) -> None:
    read(filled)
    assert filled.facts.posts_with("rumour") == [ONE.post_id]
    assert filled.facts.posts_with("move", before=minutes(0)) == []
    assert filled.facts.posts_with("denied") == []
    assert filled.facts.kinds() == {"move": 1, "rumour": 1}


def test_what_a_post_no_longer_says_finds_it_no_more(filled: Store) -> None:
    read(filled)
    filled.apply([make_batch(make_revision("one", body="天气晴。", title="天气", post=ONE.post_id))])
    read(filled)
    assert filled.facts.posts_of("xiaomi") == [TWO.post_id]
    assert filled.facts.kinds() == {}


def test_what_finds_a_post_is_told_of_its_facts() -> None:
    text = "小米涨超3%，知情人士称"
    assert companies_of(found_in(text)) == {"xiaomi"}
    assert kinds_of(found_in(text, status="denied")) == {"denied", "move"}
    unlinked = replace(found_in(text), mentions=(Mention(start=0, end=2, surface="小米"),))
    assert companies_of(unlinked) == set()


def test_the_ledger_reads_what_has_claims_and_what_was_read_again(filled: Store) -> None:
    read(filled)
    assert filled.ledger.unread().posts == (ONE.post_id,)
    filled.apply([make_batch(make_revision("three", body="天气多云。", post=THREE.post_id))])
    read(filled)
    assert filled.ledger.unread().posts == (ONE.post_id, THREE.post_id)


def test_what_pages_are_laid_out_by_is_read_at_once_and_changes_with_the_facts(filled: Store) -> None:
    read = filled.facts.unread()
    found = {post.post_id: found_in(post.text) for post in read.posts}
    filled.facts.keep(read, found, BY)
    refs = filled.facts.refs()
    assert {key: ref.companies for key, ref in refs.items()} == {ONE.post_id: ("xiaomi",), TWO.post_id: ("xiaomi",)}
    move = replace(found[ONE.post_id].moves[0], security="1810.HK")
    filled.facts.read_all_again()
    filled.facts.keep(filled.facts.unread(), found | {ONE.post_id: replace(found[ONE.post_id], moves=(move,))}, BY)
    again = filled.facts.refs()
    assert again[ONE.post_id].moved == ("1810.HK",)
    assert again[ONE.post_id].digest != refs[ONE.post_id].digest
    assert again[TWO.post_id] == refs[TWO.post_id]
