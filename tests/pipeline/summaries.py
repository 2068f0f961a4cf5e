"""An outlet whose feed carries only summaries, and the pages of its articles."""

from collections.abc import Callable

import pytest
from tests.pipeline.outlet import Clock, Outlet, follow_all

from broadsheet.model import Post
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.update import update
from broadsheet.store import Store

PARAGRAPHS = (
    "南桥快报讯 昨天下午，城北水厂完成了最后一段管线的通水试验，老城区的水压不足问题有望在国庆节前解决。",
    "据水务公司介绍，新水厂采用两级过滤工艺，设计日供水能力二十万吨，首期投用一半，总投资约九亿元。",
    "老城区居民刘女士告诉记者，以前一到晚饭时间，六楼的水就细得像线一样，洗一次澡要等半个小时。",
)
SHORT = PARAGRAPHS[0][:30] + "…"
HTML = "text/html; charset=utf-8"
Make = Callable[..., str]


def page(*paragraphs: str, more: str = "") -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or PARAGRAPHS)
    return (
        f"<html><body><div class='nav'><a href='/'>首页</a></div><div class='text'>{body}</div>{more}</body></html>"
    )


@pytest.fixture
def make_feed(outlet: Outlet, store: Store) -> Make:
    """Follow a feed of summaries; each item is a path and what the feed says of it."""

    def make(*items: tuple[str, str], follow: bool = True, title: str = "水厂通水") -> str:
        entries = "".join(
            f"<item><title>{title}{path}</title><guid isPermaLink='false'>{path}</guid>"
            f"<link>{outlet.address}{path}</link>"
            f"<pubDate>Sun, 22 Nov 2026 08:00:00 GMT</pubDate><description><![CDATA[{text}]]></description></item>"
            for path, text in items
        )
        address = outlet.put("/feed", f"<rss version='2.0'><channel><title>南桥快报</title>{entries}</channel></rss>")
        if follow:
            follow_all(store, address)
        return address

    return make


def posts(store: Store) -> dict[str, Post]:
    return {post.entry_id: post for post in (store.post(ref.id) for ref in store.refs())}


def pages_asked(outlet: Outlet) -> list[str]:
    return [path for path, _ in outlet.asked if path != "/feed"]


def poll(store: Store, means: Means, clock: Clock) -> None:
    """Poll whatever follows, due or not."""
    clock.forward(hours=1)
    update(store, means, [feed.id for feed in store.feeds()])
