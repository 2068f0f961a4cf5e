"""Facts marked in a post's body: nothing of it is changed, and exactly the words meant are marked."""

import re

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.clean.sanitise import sanitise
from broadsheet.clean.words.text import visible_text
from broadsheet.model import Annotations, Claim, Mention, MoveReport, SafeHtml
from broadsheet.publish.findings.annotated import Mark, annotated, marks_of

OURS = re.compile(r'<mark class="clm"(?: id="s\d+")?>|<span class="rep">|<a class="co" href="\.\./\.\./c/[\w.-]+/">')
PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<a href='https://a.example/'>", "</a>", "<pre>", "</pre>", "<ul><li>"),
        *("</li></ul>", "<br>", "<td>", "<table><tr><td>", "</table>", "小米", "北汽 ", "&amp;lt;", "&lt;b&gt;"),
        *("&nbsp;", "\n  ", "\t", "x < y", "“引文”", "𠀀", "e\u0301", "<img src='https://a.example/1.png'>"),
        *("<script>alert(1)</script>", "&quot;", "<mark>", "</mark>", "<span>", "</span>", "<code>", "</code>", " "),
    ]
)
MARKUP = st.lists(PIECES, max_size=30).map("".join).map(sanitise)
Spans = list[tuple[str, int, int]]
SPANS = st.lists(
    st.tuples(st.sampled_from(["claim", "move", "company"]), st.integers(0, 60), st.integers(1, 20)), max_size=8
)


def marks(spans: Spans) -> list[Mark]:
    return [
        Mark(kind=kind, start=start, end=start + size, value=f"s{number}" if kind == "claim" else "a-1")
        for number, (kind, start, size) in enumerate(spans)
    ]


def bare(html: str) -> str:
    """Take out what was added: our opening tags, each with the closing tag that belongs to it."""
    kept: list[str] = []
    opened: list[bool] = []
    for piece in re.findall(r"<[^>]*>|[^<]+", html):
        name = re.match(r"<(/?)(mark|span|a)[ >]", piece)
        if name and not name[1]:
            opened.append(OURS.fullmatch(piece) is not None)
            if opened[-1]:
                continue
        elif name and opened.pop():
            continue
        kept.append(piece)
    return "".join(kept)


@given(MARKUP, SPANS)
def test_without_what_was_added_the_markup_is_the_very_same(
    html: SafeHtml, spans: list[tuple[str, int, int]]
) -> None:
    made = annotated(html, visible_text(html), marks(spans), "../../")
    assert bare(made) == html
    assert visible_text(made) == visible_text(html)


@given(MARKUP, SPANS)
def test_what_is_added_is_safe_and_never_a_link_in_a_link(html: SafeHtml, spans: Spans) -> None:
    made = annotated(html, visible_text(html), marks(spans), "../../")
    open_links = 0
    for tag in re.findall(r"</?a(?: [^>]*)?>", made):
        assert not (open_links and 'class="co"' in tag)
        open_links += -1 if tag.startswith("</") else 1
    anchors = re.findall(r' id="([^"]*)"', made)
    assert len(anchors) == len(set(anchors))


@given(st.text("小米北汽 ab&<", min_size=1, max_size=30), st.integers(0, 29), st.integers(1, 10))
def test_exactly_the_words_meant_are_marked(text: str, start: int, size: int) -> None:
    html = sanitise(f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>")
    body = visible_text(html)
    words = body[start : start + size]
    made = annotated(html, body, [Mark(kind="move", start=start, end=start + size)], "")
    marked = "".join(re.findall(r'<span class="rep">(.*?)</span>', made))
    wanted = "".join(words.split()) if len(words) == size else ""
    assert "".join(visible_text(SafeHtml(marked)).split()) == wanted


def test_a_claim_over_several_elements_is_marked_in_each_and_named_once() -> None:
    html = SafeHtml("<p>知情人士说，<b>小米</b>接触北汽。</p>")
    made = annotated(html, visible_text(html), [Mark(kind="claim", start=3, end=10, value="s1")], "")
    assert made == (
        '<p>知情人<mark class="clm" id="s1">士说，</mark><b><mark class="clm">小米</mark></b>'
        '<mark class="clm">接触</mark>北汽。</p>'
    )


def test_a_company_leads_to_its_page_inside_of_a_claim_but_not_inside_of_a_link() -> None:
    html = SafeHtml('<p>小米<a href="https://a.example/">小米</a></p>')
    both = [
        Mark(kind="company", start=0, end=2, value="xiaomi"),
        Mark(kind="company", start=2, end=4, value="xiaomi"),
    ]
    made = annotated(html, "小米小米", [*both, Mark(kind="claim", start=0, end=2, value="s1")], "../../")
    assert made == (
        '<p><mark class="clm" id="s1"><a class="co" href="../../c/xiaomi/">小米</a></mark>'
        '<a href="https://a.example/">小米</a></p>'
    )


def test_a_text_that_is_not_this_one_is_left_alone() -> None:
    html = SafeHtml("<p>new words</p>")
    assert annotated(html, "old words", [Mark(kind="move", start=0, end=3)], "") == html


def test_companies_without_a_page_are_not_marked() -> None:
    facts = Annotations(
        language="zh",
        text="小米涨3%",
        mentions=(
            Mention(start=0, end=2, surface="小米", company_id="xiaomi"),
            Mention(start=0, end=1, surface="小"),
        ),
        moves=(MoveReport(start=2, end=5, surface="涨3%", instrument="小米", direction="up"),),
        claims=(Claim(start=0, end=5, quote="小米涨3%", event="other"),),
    )
    assert [mark.kind for mark in marks_of(facts, {"xiaomi": 1})] == ["claim", "company", "move"]
    assert [mark.kind for mark in marks_of(facts, {})] == ["claim", "move"]
