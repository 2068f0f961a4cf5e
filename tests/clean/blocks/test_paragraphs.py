"""Every text in a paragraph, no box that means nothing."""

from collections import Counter

import pytest

from broadsheet.clean.blocks.paragraphs import drop_meaningless, settle
from broadsheet.clean.dom import parse, serialise, tags_in


@pytest.mark.parametrize(
    ("markup", "html"),
    [
        ("<p>甲</p> <p>乙</p>", "<p>甲</p><p>乙</p>"),
        ("<div><p>甲</p></div>乙", "<p>甲</p><p>乙</p>"),
        ("<blockquote>甲<br><br>乙</blockquote>", "<blockquote><p>甲</p><p>乙</p></blockquote>"),
        ("<details>\n<p>甲</p>\n<p>乙</p>\n</details>", "<details><p>甲</p><p>乙</p></details>"),
        ("<span><p>甲</p></span>", "<p>甲</p>"),
        ("<h2><div>甲</div></h2>", "<h2>甲</h2>"),
        ('<a href="1"><p>甲</p><p>乙</p></a>', '<p><a href="1">甲<br>乙</a></p>'),
        ('<a href="1"><ul><li>甲</li><li>乙</li></ul></a>', '<p><a href="1">甲<br>乙</a></p>'),
        ("<ul><li><div>甲</div></li><li>乙<div>丙</div></li></ul>", "<ul><li>甲</li><li>乙<p>丙</p></li></ul>"),
    ],
)
def test_a_body_is_a_sequence_of_blocks(markup: str, html: str) -> None:
    root = parse(markup)
    assert serialise(settle(root, tags_in(root), Counter())) == html


def test_what_is_no_part_of_an_article_goes_and_unknown_tags_open() -> None:
    root, changes = parse("<p>甲<script>x</script>乙<unknown>丙</unknown></p>"), Counter[str]()
    drop_meaningless(root, tags_in(root), changes)
    assert serialise(root) == "<p>甲乙丙</p>"
    assert changes == {"foreign-element": 1}
