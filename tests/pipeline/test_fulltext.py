"""Full text: what is asked, what is kept, what a reader sees; nothing twice."""

import dataclasses

import pytest
from msgspec.structs import replace
from tests.pipeline.outlet import Clock, Outlet
from tests.pipeline.summaries import HTML, PARAGRAPHS, SHORT, Make, make_feed, page, pages_asked, poll, posts

from broadsheet.errors import StoreError
from broadsheet.model import ArticlePage, FullTextRule, Limits, PageTask
from broadsheet.pipeline.fulltext import LEASE_S, read_full_texts, want_missing
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.report import FullTextReport
from broadsheet.pipeline.rework import rework
from broadsheet.pipeline.workers.articles import read_page
from broadsheet.store import Store

__all__ = ["make_feed"]


def test_a_summary_becomes_the_whole_article(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock
) -> None:
    make_feed(("/1", SHORT), ("/2", "一篇完整的短讯，到此为止。"))
    outlet.put("/1", page(more="<script>alert(1)</script>"), HTML)
    outlet.put("/2", page(), HTML)
    poll(store, means, clock)
    own = posts(store)["/1"]
    assert pages_asked(outlet) == []
    seen: list[FullTextReport] = []
    report = read_full_texts(store, means, progress=seen.append)
    assert (report.due, report.read, report.kept, report.later) == (1, 1, 0, 0)
    assert [one.done for one in seen] == [1]
    assert pages_asked(outlet) == ["/robots.txt", "/1"]
    whole = posts(store)["/1"]
    assert whole.text == "\n".join((own.title, *PARAGRAPHS))
    assert "alert" not in whole.html
    assert whole.page == f"{outlet.address}/1"
    assert (whole.title, whole.revision, whole.digest) == (own.title, 1, own.digest)
    assert whole.summary.startswith(PARAGRAPHS[0])
    assert posts(store)["/2"].page is None


def test_the_feed_s_own_text_stays_beside_it(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock
) -> None:
    make_feed(("/1", SHORT))
    outlet.put("/1", page(), HTML)
    poll(store, means, clock)
    shown = store.refs()[0].digest
    read_full_texts(store, means)
    post = store.refs()[0]
    assert post.digest != shown
    versions = store.versions(post.id)
    assert [version.number for version in versions] == [1]
    assert versions[0].text is not None
    assert versions[0].text.endswith(SHORT)
    assert SHORT.encode() in store.revisions(post.id)[0].body
    assert [hit.id for hit in store.search("刘女士")] == [post.id]
    assert store.check() == []
    assert store.reindex() == 1
    assert [hit.id for hit in store.search("刘女士")] == [post.id]


def test_nothing_is_asked_twice(store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock) -> None:
    make_feed(*((f"/{number}", SHORT) for number in range(5)))
    for number in range(4):
        outlet.put(f"/{number}", page(), HTML)
    outlet.put("/4", page("完全不同的内容，与原来的摘要没有任何关系，只是一个提示页面而已。"), HTML)
    poll(store, means, clock)
    assert read_full_texts(store, means).read == 4
    for _ in range(3):
        poll(store, means, clock)
        assert read_full_texts(store, means) == FullTextReport()
    asked = pages_asked(outlet)
    assert sorted(asked) == sorted(set(asked)) == ["/0", "/1", "/2", "/3", "/4", "/robots.txt"]


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (page(more="<p>开通会员后继续阅读全文</p>"), HTML, "paywall"),
        (page(more="<a href='1_2.html'>下一页</a>"), HTML, "several-pages"),
        (page("页面不存在，请返回首页继续浏览其他精彩内容，或使用搜索功能查找。"), HTML, "other-page"),
        (page(SHORT), HTML, "no-longer"),
        ("%PDF-1.7", "application/pdf", "not-a-page"),
        ("", HTML, "no-article"),
        ("<p>" + "x" * (6 << 20), HTML, "too-large"),
    ],
)
def test_a_page_without_the_article_leaves_the_feed_s_text(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock, body: str, kind: str, reason: str
) -> None:
    make_feed(("/1.html", SHORT))
    outlet.put("/1.html", body, kind)
    poll(store, means, clock)
    before = posts(store)
    report = read_full_texts(store, large(means))
    assert (report.kept, report.reasons) == (1, {reason: 1})
    assert posts(store) == before
    clock.forward(days=30)
    assert read_full_texts(store, means) == FullTextReport()


def large(means: Means) -> Means:
    limits = Limits(allow=("127.0.0.0/8",), total_s=20)
    return dataclasses.replace(means, limits=limits)


def test_a_page_in_another_charset_is_read(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock
) -> None:
    make_feed(("/1", SHORT))
    outlet.put(
        "/1", page().replace("<body>", "<head><meta charset=gb2312></head><body>").encode("gb18030"), "text/html"
    )
    poll(store, means, clock)
    assert read_full_texts(store, means).read == 1
    assert posts(store)["/1"].text.endswith(PARAGRAPHS[2])


def test_an_edited_summary_asks_once_more(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock
) -> None:
    make_feed(("/1", SHORT))
    outlet.put("/1", page(), HTML)
    poll(store, means, clock)
    read_full_texts(store, means)
    make_feed(("/1", "更正：" + SHORT), follow=False, title="更正 水厂通水")
    poll(store, means, clock)
    between = posts(store)["/1"]
    assert between.revision == 2
    assert between.title.startswith("更正")
    assert between.text == "\n".join((between.title, *PARAGRAPHS))
    assert [hit.id for hit in store.search("更正")] == [between.id]
    outlet.put("/1", page(*PARAGRAPHS, "水务公司晚间更正了供水能力的数字，首期投用的规模为十二万吨。"), HTML)
    assert read_full_texts(store, means).read == 1
    assert posts(store)["/1"].text.endswith("十二万吨。")
    assert pages_asked(outlet).count("/1") == 2
    assert store.check() == []
    assert [version.number for version in store.versions(between.id)] == [1, 2]


def test_a_feed_that_gives_the_whole_text_at_last_is_believed(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock
) -> None:
    make_feed(("/1", SHORT), ("/2", SHORT))
    outlet.put("/1", page(), HTML)
    outlet.put("/2", "busy", HTML, 503)
    poll(store, means, clock)
    read_full_texts(store, means)
    whole = "".join(f"<p>{paragraph}</p>" for paragraph in (*PARAGRAPHS, "供水服务热线全天开通。"))
    make_feed(("/1", whole), ("/2", whole), follow=False)
    poll(store, means, clock)
    clock.forward(days=1)
    assert read_full_texts(store, means) == FullTextReport()
    for post in posts(store).values():
        assert post.page is None
        assert post.text.endswith("供水服务热线全天开通。")
    assert store.check() == []


def test_a_shorter_edit_that_is_no_summary_keeps_the_article(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock
) -> None:
    make_feed(("/1", SHORT))
    outlet.put("/1", page(), HTML)
    poll(store, means, clock)
    read_full_texts(store, means)
    make_feed(("/1", "城北水厂昨天下午通水。"), follow=False)
    poll(store, means, clock)
    assert read_full_texts(store, means) == FullTextReport()
    assert posts(store)["/1"].text.endswith(PARAGRAPHS[2])


def test_the_owner_chooses_for_a_feed(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock
) -> None:
    address = make_feed(("/1", SHORT))
    outlet.put("/1", page(), HTML)
    store.save_feed(replace(store.feed(address), fulltext="never"))
    poll(store, means, clock)
    assert read_full_texts(store, means) == FullTextReport()
    store.save_feed(replace(store.feed(address), fulltext="always"))
    assert want_missing(store, store.feeds(), means) == 1
    store.save_feed(replace(store.feed(address), fulltext="never"))
    assert read_full_texts(store, means).reasons == {"never": 1}
    assert pages_asked(outlet) == []
    store.save_feed(replace(store.feed(address), fulltext="always"))
    make_feed(("/2", "完整的一句话。"), follow=False)
    outlet.put("/2", page("完整的一句话。", *PARAGRAPHS), HTML)
    poll(store, means, clock)
    assert read_full_texts(store, means).read == 1


def test_the_pages_of_posts_that_are_there_can_be_asked_for(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock
) -> None:
    make_feed(("/1", SHORT), ("/2", "一句完整的话。"))
    outlet.put("/1", "busy", HTML, 410)
    poll(store, dataclasses.replace(means, fulltext=FullTextRule(choice="never")), clock)
    assert want_missing(store, store.feeds(), means) == 1
    assert read_full_texts(store, means, [store.feeds()[0].id]).kept == 1
    assert want_missing(store, store.feeds(), means) == 0
    outlet.put("/1", page(), HTML)
    assert want_missing(store, store.feeds(), means, again=True) == 1
    assert read_full_texts(store, means, ["another"]) == FullTextReport()
    assert read_full_texts(store, means).read == 1
    assert want_missing(store, store.feeds(), means, again=True) == 0


def test_one_run_asks_for_so_many_pages(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock
) -> None:
    make_feed(*((f"/{number}", SHORT) for number in range(5)))
    poll(store, means, clock)
    assert store.articles.count_pages(clock.now) == 5
    assert read_full_texts(store, dataclasses.replace(means, pages=3)).due == 3
    assert store.articles.count_pages(clock.now) == 2


def test_what_a_killed_run_was_at_is_asked_for_again(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_feed(*((f"/{number}", SHORT) for number in range(4)))
    for number in range(4):
        outlet.put(f"/{number}", page(), HTML)
    poll(store, means, clock)
    real = store.replace
    kept: list[int] = []

    def once(revisions: object) -> int:
        if kept:
            raise StoreError("paper.db", "the disk is full")
        kept.append(real(revisions))  # type: ignore[arg-type]
        return 1

    monkeypatch.setattr(store, "replace", once)
    with pytest.raises(StoreError):
        read_full_texts(store, means)
    monkeypatch.undo()
    assert read_full_texts(store, means) == FullTextReport()
    clock.forward(seconds=LEASE_S)
    assert read_full_texts(store, means).read == 3
    assert all(post.page for post in posts(store).values())


def test_rework_reads_the_page_again(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_feed(("/1", SHORT), ("/2", "完整的一句话。"))
    outlet.put("/1", page(), HTML)
    poll(store, means, clock)
    read_full_texts(store, means)
    assert rework(store).changed == 0
    assert pages_asked(outlet).count("/1") == 1

    def no_more(*_: object) -> str:
        return "paywall"

    monkeypatch.setattr("broadsheet.pipeline.rework.article_for", no_more)
    assert rework(store).changed == 0
    assert posts(store)["/1"].text.endswith(PARAGRAPHS[2])
    monkeypatch.undo()
    monkeypatch.setattr("broadsheet.clean.pages.page._NAMES", frozenset({"text"}))
    assert rework(store).changed == 0
    assert store.check() == []


def test_an_original_that_is_unreadable_today_has_no_article(
    store: Store, means: Means, outlet: Outlet, make_feed: Make, clock: Clock
) -> None:
    make_feed(("/1", SHORT))
    poll(store, means, clock)
    original = replace(store.revisions(store.refs()[0].id)[0], body=b"nothing")
    there = ArticlePage(address=f"{outlet.address}/1", body=page().encode(), fetched_at=clock.now)
    assert read_page(PageTask(feed=store.feeds()[0], original=original, page=there)).refused == "no-entry"
