"""One entry, cleaned: what becomes of its parts."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from broadsheet.clean import CleanOptions, clean_entry, post_digest, sanitise, visible_text
from broadsheet.model import CleanEntry, Enclosure, ParsedEntry

Clean = Callable[..., CleanEntry]
FURNITURE = re.compile(r"海量资讯\S{1,20}APP|责任编辑：\S{2,3}")
SAMPLE_POSTS = "c3ed9eb35de0fc01a59f790594be64c4817c03deb256da996900f441257cdf0a"
WHOLE_FLOOR = 64
"""Of the 96 posts; the others lose a repeated title, or an editor's line."""


def test_the_body_is_the_content_else_the_summary(clean: Clean) -> None:
    assert clean("<p>甲</p>", summary="乙").html == "<p>甲</p>"
    assert clean(" ", summary="<p>乙</p>").html == "<p>乙</p>"
    assert clean_entry(ParsedEntry(summary="a < b", summary_type="text")).html == "<p>a &lt; b</p>"


def test_the_base_is_the_entrys_own_then_the_given_one_then_the_link() -> None:
    body = '<a href="b">x</a>'
    own = ParsedEntry(content=body, link="https://c.example/", base_url="https://a.example/")
    assert 'href="https://a.example/b"' in clean_entry(own, "https://b.example/").html
    given_one = ParsedEntry(content=body, link="https://c.example/")
    assert 'href="https://b.example/b"' in clean_entry(given_one, "https://b.example/").html
    assert 'href="https://c.example/b"' in clean_entry(given_one).html
    assert clean_entry(ParsedEntry(content=body)).html == "<p>x</p>"


def test_an_entry_without_anything_has_a_title_all_the_same() -> None:
    cleaned = clean_entry(ParsedEntry())
    assert (cleaned.title, cleaned.html, cleaned.text, cleaned.summary) == ("(untitled)", "", "(untitled)\n", "")
    assert (cleaned.link, cleaned.language, cleaned.image, cleaned.images, cleaned.changes) == (
        None,
        None,
        None,
        (),
        {},
    )


def test_a_missing_title_is_the_first_sentence(clean: Clean) -> None:
    assert clean("<p>第一句。第二句。</p>", title="").title == "第一句"


def test_the_text_begins_with_the_title(clean: Clean) -> None:
    cleaned = clean("<p>甲</p><p>乙</p>", title="标题")
    assert cleaned.text == "标题\n甲\n乙"
    assert cleaned.text[3:4] == "甲"


def test_the_deck_is_of_the_article_not_of_its_captions(clean: Clean) -> None:
    cleaned = clean('<p><img src="/a.jpg"></p><p>图：港口</p><p>船已离港。</p>')
    assert cleaned.summary == "船已离港。"
    assert cleaned.images[0].caption == "图：港口"


def test_the_lead_picture_is_the_first_that_is_large_enough(clean: Clean) -> None:
    cleaned = clean('<p>a<img src="/icon.png" width="16" height="16">b</p><p><img src="/b.jpg" alt="B"></p>')
    assert cleaned.image is not None
    assert cleaned.image.url == "https://news.example/b.jpg"
    assert [image.url for image in cleaned.images] == ["https://news.example/icon.png", "https://news.example/b.jpg"]


def test_without_pictures_the_feed_names_the_lead(clean: Clean) -> None:
    named = clean("<p>a</p>", images=("javascript:1", "/thumb.jpg"))
    assert named.image is not None
    assert named.image.url == "https://news.example/thumb.jpg"
    attached = clean(
        "<p>a</p>", enclosures=(Enclosure(url="/a.mp3", type="audio/mpeg"), Enclosure(url="/e.png", type="image/png"))
    )
    assert attached.image is not None
    assert attached.image.url == "https://news.example/e.png"


def test_the_link_is_direct_and_free_of_trackers(clean: Clean) -> None:
    assert clean("x", link="https://a.example.com/?utm_source=rss&id=1").link == "https://a.example.com/?id=1"
    assert clean("x", link="urn:x:1").link is None


def test_an_owner_may_allow_no_frames() -> None:
    entry = ParsedEntry(content='<iframe src="https://player.bilibili.com/p?x"></iframe>')
    assert "<iframe" in clean_entry(entry).html
    assert "<iframe" not in clean_entry(entry, None, CleanOptions(frame_hosts=frozenset())).html


def test_trivial_changes_leave_the_digest(clean: Clean) -> None:
    one = clean('<p>甲 <a href="https://a.example.com/?utm_source=a">乙</a></p>')
    same = clean('<div>\n<p style="x">　　甲\n <a href="https://a.example.com/?utm_source=b">乙</a></p></div>')
    assert post_digest(one) == post_digest(same)
    assert re.fullmatch(r"[0-9a-f]{32}", post_digest(one))
    assert post_digest(one) != post_digest(clean("<p>甲</p>"))
    assert post_digest(one) != post_digest(clean('<p>甲 <a href="https://a.example.com/">乙</a></p>', title="另一个"))


def _body_of(post: str) -> tuple[str, str]:
    head, _, body = post.partition("---\n")[2].partition("\n---\n")
    title = re.search(r"^title: (.*)$", head, re.MULTILINE)
    return (title[1].strip().strip("'\"") if title else ""), body


def _words_before(body: str) -> str:
    """Read the words with another parser; what a style says is no word."""
    visible = re.sub(r"<style>.*?</style>", "", body, flags=re.DOTALL)
    tree = html5lib.parseFragment(visible, treebuilder="lxml", namespaceHTMLElements=False)
    parts = [part if isinstance(part, str) else _shown(part) for part in tree]
    return re.sub(r"\s+", "", "".join(parts))


def _shown(element: etree._Element) -> str:
    return "".join(map(str, element.itertext())) + (element.tail or "")


def test_the_model_post_shows_four_figures_and_a_direct_link(shared: Path) -> None:
    title, body = _body_of((shared / "data/seed/post.md").read_text("utf-8"))
    cleaned = clean_entry(ParsedEntry(title=title, content=body))
    assert cleaned.html.count("<figure>") == cleaned.html.count("<figcaption>") == 4
    assert all(image.caption for image in cleaned.images)
    assert "thumb" not in cleaned.html
    assert "duomai" not in cleaned.html
    assert 'href="https://list.jd.com/list.html?cat=737,738,749"' in cleaned.html


def test_no_word_of_the_sample_posts_is_lost(shared: Path) -> None:
    posts = sorted((shared / "data/posts/raw").glob("*.md"))
    digest, whole = hashlib.sha256(), 0
    for post in posts:
        digest.update(post.read_bytes())
        title, body = _body_of(post.read_text("utf-8"))
        cleaned = clean_entry(ParsedEntry(title=title, content=body, link="https://a.example/"))
        lost = _lost(_words_before(body), re.sub(r"\s+", "", visible_text(cleaned.html)))
        assert lost is not None, post.name
        assert _is_furniture(lost, title), (post.name, lost)
        whole += lost == ""
    assert len(posts) == 96
    assert digest.hexdigest() == SAMPLE_POSTS, f"another edition of the posts: {whole} of {len(posts)} are whole"
    assert whole >= WHOLE_FLOOR, f"{whole} posts lose nothing at all, {WHOLE_FLOOR} did before"


def _lost(before: str, after: str) -> str | None:
    """Name what was taken from the two ends; None where anything else changed."""
    place = before.find(after)
    return None if place < 0 else before[:place] + before[place + len(after) :]


def _is_furniture(lost: str, title: str) -> bool:
    folded = re.sub(r"[\W_]", "", FURNITURE.sub("", lost))
    return folded == "" or (folded.endswith(re.sub(r"[\W_]", "", title)) and len(folded) <= len(title) + 12)


TAGS = "p div b strong a span br img figure figcaption blockquote ul li ol table tr td pre code h2 section center font ruby rt svg math script noscript iframe video source picture details summary dl dt dd tbody form select textarea embed wbr o:p foo image caption nobr".split()  # noqa: SIM905, E501
ATTRIBUTES = [
    "",
    ' style="text-align:center"',
    ' href="https://a.example/b.jpg"',
    ' src="https://a.example/c.jpg"',
    ' src="/x.png" data-src="y.jpg"',
    ' class="share-bar"',
    ' srcset="a.jpg 1x, b.jpg 2x"',
    ' data-link="1" href="https://c.duomai.com/track.php?t=http://q.example.com/"',
    ' src="https://player.bilibili.com/p?x"',
]
WORDS = [
    "text ",
    "京东",
    "方",
    "　　",
    "\n",
    " ",
    "（图自：某）",
    "短句",
    "一个完整的句子。",
    "责任编辑：张三",
    "【题目】",
    "题目",
    "&nbsp;",
    "&lt;b&gt;",
    "<",
    "&#1;",
    "\x00",
    "\ud800",
    "a\r\nb",
    "&#13;",
]
MARKUP = st.lists(
    st.one_of(
        st.sampled_from(WORDS),
        st.builds(lambda tag, attributes: f"<{tag}{attributes}>", st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
        st.sampled_from(TAGS).map(lambda tag: f"</{tag}>"),
        st.text(max_size=5),
    ),
    max_size=14,
).map("".join)


@settings(max_examples=250)
@given(MARKUP)
def test_cleaning_anything_twice_is_cleaning_it_once(markup: str) -> None:
    once = clean_entry(ParsedEntry(title="题目", content=markup, link="https://news.example/a/b"))
    twice = clean_entry(ParsedEntry(title="题目", content=once.html, link="https://news.example/a/b"))
    assert twice.html == once.html
    assert twice.text == once.text
    assert sanitise(once.html) == once.html


@settings(max_examples=100)
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["text", "html"]))
def test_no_text_raises(title: str, content: str, kind: str) -> None:
    entry = ParsedEntry(title=title, title_type="html", content=content, content_type=kind, summary=title)  # type: ignore[arg-type]
    cleaned = clean_entry(entry)
    assert cleaned.title
    assert len(cleaned.summary) <= 200
    assert cleaned.text == f"{cleaned.title}\n{visible_text(cleaned.html)}"


@pytest.mark.parametrize("kind", ["text", "html"])
def test_bytes_are_the_same_on_every_run(kind: str) -> None:
    entry = ParsedEntry(content='<p>a<img src="https://a.example/b.jpg" width=9></p>', content_type=kind)  # type: ignore[arg-type]
    assert clean_entry(entry) == clean_entry(entry)
