"""A post's own page."""

import json
import re
from collections.abc import Callable

import html5lib
import msgspec
import pytest
from tests.publish.found import MemoryEvidence, alone, with_findings

from broadsheet.model import Edition, Feed, Paper, Post
from broadsheet.publish import load_theme, render_site
from broadsheet.publish.pages.posts import MOST_EDITS

FIRST_REPORT_COPY = ("Xiaomi and BAIC <talk>", "小米与北汽洽谈合造“电动车”", "小米将与北汽合造“电动车”")


@pytest.fixture
def pages(sample: Callable[..., Edition]) -> dict[str, str]:
    """The post pages of the sample paper, by title of the post."""
    edition = sample()
    made = {page.path: page for page in render_site(edition, load_theme(edition.paper))}
    titles = {ref.id: edition.shelf.post(ref.id).title for ref in edition.refs}
    oldest_last = sorted(edition.refs, key=lambda ref: ref.published, reverse=True)
    return {titles[ref.id]: made[f"p/{ref.id}/index.html"].render().decode() for ref in oldest_last}


def test_says_who_when_and_from_where(pages: dict[str, str]) -> None:
    page = pages["小米与北汽洽谈合造“电动车”"]
    for said in (
        "<b>南桥快报</b>",
        'href="https://nanqiao.example/1?a=1&amp;b=2"',
        '<time datetime="2026-08-26T10:47+08:00">2026年8月26日 10:47</time>',
        "抓取 <time",
        "林一",
        "audio/mpeg·41 MB",
        "原归类：汽车·A &amp; B",
    ):
        assert said in page


def test_lists_the_revisions_of_a_post_that_changed(pages: dict[str, str]) -> None:
    page = pages["小米与北汽洽谈合造“电动车”"]
    assert "版本 3/3，修改于" in page
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    lines = ["".join(line.itertext()) for line in tree.findall(".//ol[@class='led-l revs']/li")]
    assert [line.split()[0] for line in lines] == ["1", "2", "3"]
    assert "".join(lines[0].split()).endswith("新文章")
    assert "改稿：标题" in lines[1]
    assert "revs" not in pages["Long" * 60]


def test_shows_what_each_edit_changed_and_whether_the_feed_told_of_it(pages: dict[str, str]) -> None:
    page = pages["小米与北汽洽谈合造“电动车”"]
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    first, second, third = tree.findall(".//ol[@class='led-l revs']/li")
    assert first.find("details") is None
    assert "静默修改" in "".join(second.itertext())
    (diff,) = second.findall("details/div[@class='diff']")
    lines = ["".join(line.itertext()).strip() for line in diff]
    assert [(line.tag, line.get("class")) for line in diff] == [("p", "title"), ("p", "meta"), ("p", None)]
    assert lines[1] == "2 段未变"
    assert [mark.text for mark in diff[2] if mark.tag in ("del", "ins")] == ["<b>talks</b>", "production"]
    assert "文字未变" in "".join(third.itertext())


def test_shows_the_changes_of_the_newest_edits_alone(
    edition: Callable[..., Edition], post: Callable[..., Post], feed: Callable[..., Feed]
) -> None:
    of = feed()
    made = edition([of], [post(of, "1", "t", text="t\nx 0", revision=200)])
    made.shelf.earlier[made.refs[0].id] = [f"t\nx {number}" for number in range(199, 0, -1)]  # type: ignore[attr-defined]
    pages = {page.path: page for page in render_site(made, load_theme(made.paper))}
    page = pages[f"p/{made.refs[0].id}/index.html"].render().decode()
    assert page.count("<details><summary>改动") == MOST_EDITS
    assert page.count("改稿：标题") == 199
    assert "<del>1</del><ins>0</ins>" in page


def test_what_an_edit_took_away_is_text_and_no_markup(pages: dict[str, str]) -> None:
    page = pages["小米与北汽洽谈合造“电动车”"]
    assert "&lt;script&gt;alert(5)" in page
    assert "<script>alert(5)" not in page
    assert page.count("</del>") == page.count("<del>")


def test_says_which_story_it_belongs_to_and_what_it_is_there(pages: dict[str, str]) -> None:
    first, second, copy = (pages[name] for name in FIRST_REPORT_COPY)
    for page in (first, second, copy):
        assert '所属事件：<a class="inl" href="../../s/' in page
        assert "Xiaomi and BAIC &lt;talk&gt;" in page
        assert "2 篇独立·2 篇转载" in page
    assert '<span class="tag k">首发</span>' in first
    assert '<span class="tag k">独立报道</span>' in second
    assert "87% 出自" in copy
    assert "所属事件" not in pages["Long" * 60]


def test_an_older_revision_whose_text_was_not_kept_says_so(sample: Callable[..., Edition]) -> None:
    edition = sample()
    edition.shelf.earlier.clear()  # type: ignore[attr-defined]
    (edited,) = [post for post in edition.shelf.posts.values() if post.revision > 1]  # type: ignore[attr-defined]
    made = {page.path: page for page in render_site(edition, load_theme(edition.paper))}
    page = made[f"p/{edited.id}/index.html"].render().decode()
    assert "早先一版的文字没有保留。" in page


def test_linked_data_cannot_end_its_script(pages: dict[str, str]) -> None:
    (hostile,) = (page for title, page in pages.items() if "</title>" in title)
    assert hostile.count("</script>") == 2
    assert "\\u003c/title>\\u003cscript>" in hostile


def test_neighbours_are_not_named_so_that_a_new_post_changes_no_old_page(pages: dict[str, str]) -> None:
    assert not [page for page in pages.values() if 'rel="prev"' in page or 'rel="next"' in page]


def test_what_was_found_is_marked_and_described_and_can_be_hidden(sample: Callable[..., Edition]) -> None:
    plain, made = sample(), with_findings(sample())
    path = f"p/{made.stories[0].posts[0]}/index.html"
    pages = [{page.path: page for page in render_site(one, load_theme(one.paper))} for one in (plain, made)]
    before, after = (page[path].render().decode() for page in pages)
    assert not any(one in before for one in ('id="ann"', "<kbd>a</kbd>"))
    assert all(one in after for one in ('<input type="checkbox" id="ann" checked>', "<kbd>a</kbd>"))
    noted = re.findall(r'<div class="body noted".*?<footer', after, re.DOTALL)
    assert noted
    body = re.sub(r'<aside class="note.*?</aside>', "", noted[0], flags=re.DOTALL)
    body = body[: body.index("</div>")]
    assert '<mark class="clm" id="s1">The two companies talk</mark>' in body
    assert '<a class="co" href="../../c/baic-motor/">Beijing Motor</a> <span class="rep">rose 25%</span>' in body
    assert re.sub("<[^>]+>", "", body) in re.sub("<[^>]+>", "", before)
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', after)
    described = json.loads(found)
    assert described["mentions"][0]["tickerSymbol"] == ["1958.HK"]
    assert described["citation"][0]["publisher"]["name"] == "Wire <Service>"


def test_a_post_alone_is_the_dossier_of_its_event(sample: Callable[..., Edition]) -> None:
    made = alone(with_findings(sample(paper=Paper(title="Paper", language="en"))))
    pages = {page.path: page for page in render_site(made, load_theme(made.paper))}
    post_id = made.findings.ledger[0].alone[0]  # type: ignore[union-attr]
    page = pages[f"p/{post_id}/index.html"].render().decode()
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert [section.get("id") for section in tree.iter("section")] == ["claims", "replies", "market", "background"]
    links = [link.get("href") for link in tree.findall(".//nav[@class='toc noprint']//a")]
    assert links == ["#claims", "#replies", "#market", "#background"]
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    assert "The only report" in page
    assert '<span class="st st-talks">in talks</span>' in page
    assert f'"url":"http://127.0.0.1:8080/p/{post_id}/#market"' in page


def test_a_post_alone_is_written_again_when_its_claims_or_its_prices_change(sample: Callable[..., Edition]) -> None:
    made = alone(with_findings(sample()))
    findings = made.findings
    assert findings is not None
    shelf = findings.shelf
    assert isinstance(shelf, MemoryEvidence)
    before = {page.path: page.digest for page in render_site(made, load_theme(made.paper))}

    def rewritten(**fields: object) -> set[str]:
        other = msgspec.structs.replace(made, findings=msgspec.structs.replace(findings, **fields))
        after = {page.path: page.digest for page in render_site(other, load_theme(other.paper))}
        return {path for path in after if path.startswith("p/") and after[path] != before[path]}

    own = f"p/{findings.ledger[0].alone[0]}/index.html"
    claims = [msgspec.structs.replace(ref, digest="other") for ref in findings.ledger]
    assert rewritten(ledger=claims) == {own}
    facts = shelf.of(list(findings.refs))
    assert own in rewritten(shelf=MemoryEvidence(facts, (), shelf.entries([ref.id for ref in findings.ledger])))
