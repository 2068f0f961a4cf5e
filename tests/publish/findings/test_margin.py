"""Notes in the margin: each behind the paragraph that it belongs to, and the text is what it was."""

import re
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.publish.findings.test_annotated import MARKUP
from tests.publish.found import alone, with_findings

from broadsheet.clean.words.text import visible_text
from broadsheet.model import Annotations, Claim, Edition, Paper, Reply, SafeHtml
from broadsheet.publish import load_theme, render_site
from broadsheet.publish.findings.margin import MOST_NOTES, Note, beside, notes_of

HTML = SafeHtml(
    "<p>青禾 在谈。</p>\n<hr><figure><img src='x'></figure><blockquote><p>远帆</p><p>沉默。</p></blockquote>"
)
BODY = "青禾 在谈。\n远帆\n沉默。"


def claim(start: int) -> Claim:
    return Claim(start=start, end=start + 2, quote="青禾", event="stake")


def test_a_note_stands_behind_the_outermost_element_of_its_place() -> None:
    first, second, third = (Note(start=start) for start in (0, 4, BODY.index("沉")))
    parts = beside(HTML, BODY, [first, second, third])
    assert "".join(part for part, _ in parts) == HTML
    assert [notes for _, notes in parts] == [(first, second), (third,)]
    assert parts[0][0].endswith("</p>")
    assert beside(SafeHtml(f"{HTML}<p>后</p>"), f"{BODY}\n后", [first])[1][1] == ()


def test_text_that_stands_in_no_element_or_says_something_else_has_no_margin() -> None:
    note = Note(start=0)
    for html, body in ((HTML, "other"), ("青禾<p>在</p>", "青禾\n在"), ("<b>青禾</b>", "青禾"), ("", "")):
        assert beside(SafeHtml(html), body, [note]) == [(html, ())]
    assert beside(HTML, BODY, []) == [(HTML, ())]


@given(MARKUP, st.lists(st.integers(0, 60), max_size=6).map(sorted))
def test_the_parts_are_the_markup_and_no_note_stands_twice(html: SafeHtml, places: list[int]) -> None:
    notes = [Note(start=place) for place in places]
    parts = beside(html, visible_text(html), notes)
    assert "".join(part for part, _ in parts) == html
    told = [note for _, own in parts for note in own]
    assert told == notes[: len(told)]


def test_claims_are_numbered_by_their_marks_and_answers_of_one_sentence_are_one_note() -> None:
    replies = [
        Reply(start=9, end=12, quote="x", party=party, response="no_reply") for party in ("青禾", "远帆", "青禾")
    ]
    facts = Annotations(language="zh", text="", claims=(claim(0), claim(5), claim(7)), responses=tuple(replies))
    html = SafeHtml('<p><mark class="clm" id="s3">x</mark><mark class="clm">y</mark></p>')
    assert notes_of("post", facts, html, (), (), 5) == [
        Note(start=2, number=1, claim=claim(7)),
        Note(start=4, answer="no_reply", parties=("青禾", "远帆")),
    ]
    many = replace(facts, responses=tuple(replace(replies[0], start=start) for start in range(5, 99)))
    assert len(notes_of("post", many, html, (), (), 5)) == MOST_NOTES


def test_a_page_tells_in_its_margin_where_claims_stand_and_what_was_measured(sample: Callable[..., Edition]) -> None:
    told = with_findings(sample(paper=Paper(title="Paper", language="en")))
    path = f"p/{told.stories[0].posts[0]}/index.html"
    for made in (told, alone(told)):
        pages = {page.path: page for page in render_site(made, load_theme(made.paper))}
        page = pages[path].render().decode()
        (note,) = re.findall(r'<aside class="note noprint" role="note" lang="en">(.*?)</aside>', page, re.DOTALL)
        first, second = (text.split() for text in re.sub("<[^>]+>", "", note.replace("</div>", "|")).split("|")[:2])
        assert " ".join(second) == "Beijing Motor 1958.HK high ▲+30.54% matches"
        assert " ".join(first) == "1 in talks people not named"
        assert '<div class="body noted"' in page
