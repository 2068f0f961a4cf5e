"""Articles beside what the feed said: asked for, lent, kept, retitled, dropped; and what servers said to robots."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.store.builders import NOON, make_batch, make_feed, make_revision, minutes

from broadsheet.model import Article, ArticlePage, Image, Refusal, Revision, Robots, SafeHtml
from broadsheet.store import Store, open_store

BODY = "小米汽车今日发布新车，起售价二十一万元，四季度开始交付，首批两万台。"
PAGE = ArticlePage(
    address="https://news.example/1", content_type="text/html", body=b"<p>...</p>" * 50, fetched_at=minutes(3)
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(str(tmp_path / "broadsheet.db"), create=True) as opened:
        yield opened


def wanting(entry: str = "entry-1", **fields: object) -> Revision:
    made = replace(make_revision(entry), wants_page=True)
    return replace(made, clean=replace(made.clean, link=f"https://news.example/{entry}"), **fields)


def with_article(made: Revision) -> Revision:
    clean = replace(
        made.clean,
        html=SafeHtml(f"<p>{BODY}</p>"),
        text=f"{made.clean.title}\n{BODY}",
        language="zh",
        image=Image(url="https://news.example/1.jpg"),
        changes={"page-furniture": 3},
    )
    return replace(made, article=Article(page=PAGE, clean=clean))


def test_a_post_that_wants_its_page_is_lent_once(store: Store) -> None:
    store.apply([make_batch(wanting(), make_revision("entry-2"))])
    assert store.articles.count_pages(NOON) == 1
    (page,) = store.articles.claim_pages(NOON, 10, 60)
    assert (page.address, page.tries) == ("https://news.example/entry-1", 0)
    assert page.original == store.revisions(page.original.post_id)[0]
    assert store.articles.claim_pages(NOON, 10, 60) == []
    assert len(store.articles.claim_pages(minutes(1), 10, 60)) == 1


def test_pages_of_some_feeds_are_lent_newest_first(store: Store) -> None:
    other = make_feed("https://other.example/")
    revisions = [wanting(f"entry-{number}", published=minutes(number)) for number in range(4)]
    store.apply([make_batch(*revisions), make_batch(wanting("x"), feed=other)])
    assert store.articles.count_pages(NOON) == 5
    assert store.articles.count_pages(NOON, [other.id]) == 1
    assert [page.original.feed_id for page in store.articles.claim_pages(NOON, 9, 60, feeds=[other.id])] == [other.id]
    assert store.articles.claim_pages(NOON, 9, 60, feeds=[]) == []
    assert [page.original.entry_id for page in store.articles.claim_pages(NOON, 2, 60)] == ["entry-3", "entry-2"]


def test_an_article_is_shown_in_place_of_the_feed_s_own_text(store: Store) -> None:
    made = wanting()
    store.apply([make_batch(made)])
    before = store.post(made.post_id)
    assert store.replace([with_article(made)]) == 1
    assert store.replace([with_article(made)]) == 0
    assert store.replace([made]) == 0
    after = store.post(made.post_id)
    assert after == replace(
        before,
        html=SafeHtml(f"<p>{BODY}</p>"),
        text=f"{before.title}\n{BODY}",
        language="zh",
        image=Image(url="https://news.example/1.jpg"),
        changes={"page-furniture": 3},
        page=PAGE.address,
    )
    assert store.originals()[0].page == PAGE
    assert store.sizes()["articles"] > 0
    assert store.articles.count_pages(minutes(10_000)) == 0
    assert store.versions(made.post_id)[0].html == made.clean.html
    assert [hit.id for hit in store.search("二十一万元")] == [made.post_id]
    assert store.check() == []


def test_the_article_outlives_an_edit_that_is_another_summary(store: Store) -> None:
    made = wanting()
    store.apply([make_batch(made)])
    store.replace([with_article(made)])
    edit = replace(
        make_revision(title="小米汽车发布新车", body="今日…", at=minutes(9), post=made.post_id), wants_page=True
    )
    store.apply([make_batch(edit)])
    post = store.post(made.post_id)
    assert (post.title, post.text) == (edit.clean.title, f"{edit.clean.title}\n{BODY}")
    assert (post.image, post.page, post.revision) == (Image(url="https://news.example/1.jpg"), PAGE.address, 2)
    assert store.articles.count_pages(minutes(9)) == 1
    assert store.check() == []
    assert store.replace([edit]) == 0


def test_an_edit_that_says_more_takes_the_place_of_the_article(store: Store) -> None:
    made = wanting()
    store.apply([make_batch(made)])
    store.replace([with_article(made)])
    store.apply([make_batch(make_revision(body=BODY * 2, at=minutes(9), post=made.post_id))])
    post = store.post(made.post_id)
    assert (post.page, post.text.endswith(BODY * 2)) == (None, True)
    assert store.articles.count_pages(minutes(9)) == 0
    assert store.originals()[0].page is None
    assert store.check() == []


def test_an_article_that_an_edit_has_overtaken_changes_nothing(store: Store) -> None:
    made = wanting()
    store.apply([make_batch(made)])
    store.articles.claim_pages(NOON, 1, 60)
    store.apply([make_batch(replace(make_revision(body="改…", at=minutes(9), post=made.post_id), wants_page=True))])
    before = store.post(made.post_id), store.revisions(made.post_id)
    assert store.replace([replace(with_article(made), number=1)]) == 0
    assert (store.post(made.post_id), store.revisions(made.post_id)) == before
    assert store.articles.count_pages(minutes(9)) == 1
    assert store.replace([replace(with_article(made), number=2)]) == 1


def test_an_edit_that_is_whole_stops_the_asking(store: Store) -> None:
    made = wanting()
    store.apply([make_batch(made)])
    store.apply([make_batch(make_revision(body="全文。", at=minutes(9), post=made.post_id))])
    assert store.articles.count_pages(minutes(9)) == 0


def test_a_refused_page_is_due_again_or_never(store: Store) -> None:
    made = wanting()
    store.apply([make_batch(made)])
    store.articles.claim_pages(NOON, 1, 60)
    store.articles.settle_page(made.post_id, Refusal(reason="timeout", wait_s=600), NOON)
    assert store.articles.count_pages(minutes(9)) == 0
    assert [page.tries for page in store.articles.claim_pages(minutes(10), 1, 60)] == [1]
    store.articles.settle_page(made.post_id, Refusal(reason="held", wait_s=60), NOON, failed=False)
    assert [page.tries for page in store.articles.claim_pages(minutes(10), 1, 60)] == [1]
    store.articles.settle_page(made.post_id, Refusal(reason="paywall"), NOON)
    assert store.articles.count_pages(minutes(10_000)) == 0


def test_pages_never_asked_for_can_be_and_refused_ones_again(store: Store) -> None:
    plain, refused, kept = make_revision("a"), wanting("b"), wanting("c")
    store.apply([make_batch(plain, refused, kept)])
    store.articles.settle_page(refused.post_id, Refusal(reason="paywall"), NOON)
    store.replace([with_article(kept)])
    ids = [made.post_id for made in (plain, refused, kept)]
    assert store.articles.want_pages(ids, NOON) == 1
    assert store.articles.want_pages(["unknown"], NOON) == 0
    assert store.articles.want_pages([refused.post_id, kept.post_id], NOON, again=True) == 1
    assert store.articles.count_pages(NOON) == 2


def test_what_a_server_said_to_robots_is_kept_for_two_days(store: Store) -> None:
    old = Robots(origin="https://old.example", asked_at=NOON, access="open")
    new = Robots(origin="https://new.example", asked_at=NOON + timedelta(days=2), access="rules", rules="Disallow: /")
    store.articles.keep_robots(old)
    store.articles.keep_robots(new)
    store.articles.keep_robots(replace(new, rules="", access="unreachable"))
    assert store.articles.robots("https://old.example") == old
    assert store.articles.robots("https://new.example") == replace(new, rules="", access="unreachable")
    store.articles.keep_robots(replace(new, asked_at=NOON + timedelta(days=3)))
    assert store.articles.robots("https://old.example") is None
    assert store.articles.robots("https://never.example") is None
