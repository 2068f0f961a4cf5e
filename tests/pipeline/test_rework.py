"""Everything can be made again: from the kept originals, by today's rules, without a revision."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.pipeline.outlet import START, Clock, Outlet, follow_all, rss

from broadsheet.clean import clean_entry
from broadsheet.model import Batch, Choice, CleanEntry, Feed, ParsedEntry, SafeHtml
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.postfiles import import_posts
from broadsheet.pipeline.rework import rework
from broadsheet.pipeline.update import update
from broadsheet.pipeline.workers import process as process_module
from broadsheet.store import Store

INHERITED = {
    "rss": rss(("甲", "一 <a href='/x'>二</a>"), ("乙", "二")).replace(
        "<language>", "<managingEditor>desk@paper.example (编辑部)</managingEditor><language>"
    ),
    "atom": """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh" xml:base="https://base.example/deep/">
<title>样刊</title><id>urn:x</id><updated>2026-11-22T00:00:00Z</updated><author><name>编辑部</name></author>
<category term="科技"/><link href="./"/>
<entry><id>1</id><title>甲</title><link href="1.html"/><published>2026-11-22T00:00:00+08:00</published>
<updated>2026-11-22T00:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>一
<img src="a.png" alt=""/></p></div></content></entry>
<entry xml:base="https://other.example/"><id>2</id><title type="html">乙 &amp;amp; 丙</title><link href="2.html"/>
<updated>2026-11-21T00:00:00Z</updated><summary>二</summary></entry></feed>""",
    "rdf": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://paper.example/"><title>样刊</title>
<link>https://paper.example/</link><description>d</description><dc:language>zh-CN</dc:language></channel>
<item rdf:about="https://paper.example/1"><title>甲</title><link>https://paper.example/1</link>
<dc:date>2026-11-22</dc:date><dc:creator>某某</dc:creator><description>一</description></item></rdf:RDF>""",
    "json": """{"version": "https://jsonfeed.org/version/1.1", "title": "样刊", "language": "zh",
"home_page_url": "https://paper.example/", "authors": [{"name": "编辑部"}],
"items": [{"id": "1", "url": "1.html", "title": "甲", "content_html": "<p>一</p>",
"date_published": "2026-11-22T00:00:00+08:00"}, {"id": 2, "content_text": "二"}]}""",
    "broken": rss(("甲", "一")).replace("<item>", "<item><bad & <title>?"),
}
POST_FILE = """---
title: '甲'
categories:
 - 科技
author: 样刊
date: Sun, 22 Nov 2026 08:00:00 GMT
---

<div>一</div>
"""


def louder(entry: ParsedEntry, base_url: str | None = None) -> CleanEntry:
    """A rule of tomorrow."""
    made = clean_entry(entry, base_url)
    return replace(made, html=SafeHtml(made.html + "<p>！</p>"), text=made.text + "\n！")


@pytest.mark.parametrize("form", INHERITED)
def test_the_same_rules_make_the_same_posts_again(
    store: Store, means: Means, outlet: Outlet, clock: Clock, form: str
) -> None:
    follow_all(store, outlet.put("/feed", INHERITED[form], "application/xml"))
    posts = update(store, means).new
    before = [store.post(ref.id) for ref in store.refs()]
    report = rework(store)
    assert (report.posts, report.changed, report.unreadable) == (posts, 0, ())
    assert [store.post(ref.id) for ref in store.refs()] == before
    outlet.put("/feed", INHERITED[form] + " ", "application/xml")
    clock.forward(days=3)
    again = update(store, means)
    assert (again.new, again.edited, again.trivial) == (0, 0, 0)


def test_a_better_rule_changes_posts_without_a_revision(
    store: Store, means: Means, outlet: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow_all(store, outlet.put("/feed", INHERITED["rss"]))
    update(store, means)
    before = {ref.id: ref.digest for ref in store.refs()}
    originals = {post: store.revisions(post) for post in before}
    monkeypatch.setattr(process_module, "clean_entry", louder)
    assert rework(store).changed == 2
    assert rework(store).changed == 0
    after = {ref.id: ref.digest for ref in store.refs()}
    assert after.keys() == before.keys()
    assert all(after[post] != before[post] for post in after)
    for post in after:
        assert (store.post(post).revision, len(store.revisions(post))) == (1, 1)
        assert store.post(post).text.endswith("！")
        assert store.revisions(post) == originals[post]
        assert originals[post][0].body
    assert len(store.search("甲")) == 1


def test_only_the_newest_revision_is_made_again(store: Store, means: Means, outlet: Outlet, clock: Clock) -> None:
    follow_all(store, outlet.put("/feed", rss(("甲", "正在洽谈"))))
    update(store, means)
    outlet.put("/feed", rss(("甲", "否认洽谈")))
    clock.forward(days=2)
    update(store, means)
    assert rework(store).changed == 0
    (ref,) = store.refs()
    assert "否认" in store.post(ref.id).text


def test_post_files_are_made_again_too(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.md").write_text(POST_FILE, "utf-8")
    import_posts(store, [tmp_path / "a.md"], START)
    assert rework(store).changed == 0
    monkeypatch.setattr(process_module, "clean_entry", louder)
    report = rework(store)
    assert (report.posts, report.changed, report.unreadable) == (1, 1, ())


@pytest.mark.parametrize(
    ("original", "media_type"), [(b"not a feed", "application/xml"), (b"<rss><channel/></rss>", "application/xml"),
                                 (b"no front matter", "text/markdown"), (b"", "application/feed+json")]
)  # fmt: skip
def test_a_post_whose_original_cannot_be_read_stays_as_it_was(
    store: Store, means: Means, outlet: Outlet, original: bytes, media_type: str
) -> None:
    follow_all(store, outlet.put("/feed", rss(("甲", "一"))))
    update(store, means)
    damaged = broken(store.feeds()[0], original, media_type)
    store.apply([damaged])
    report = rework(store)
    assert (report.posts, report.changed, report.unreadable) == (2, 0, (damaged.revisions[0].post_id,))
    assert store.post(damaged.revisions[0].post_id).title == "乙"


def broken(feed: Feed, original: bytes, media_type: str) -> Batch:
    """A batch with a post whose original nobody can read."""
    now = datetime(2026, 11, 23, tzinfo=UTC)
    choice = Choice(
        entry=ParsedEntry(title="乙", content="二", original=original),
        entry_id="damaged",
        post_id="20261123-00000000ff",
        entry_digest="x",
        published=now,
        reason="new",
    )
    revision = process_module.revise(choice, now, media_type, None)
    return Batch(feed=feed, outcome="changed", revisions=(revision,))
