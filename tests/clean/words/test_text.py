"""The visible text is what every span counts in."""

import pytest

from broadsheet.clean import sanitise, visible_text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>甲</p><p>乙 <b>丙</b></p>", "甲\n乙 丙"),
        ("<p>甲\n  乙<br>丙</p>\n\n<p> 丁 </p>", "甲 乙\n丙\n丁"),
        ("<ul><li>甲</li><li>乙</li></ul><figure><figcaption>丙</figcaption></figure>", "甲\n乙\n丙"),
        ("<table><tr><th>甲</th><td colspan=2>乙</td></tr><tr><td>丙</td></tr></table>", "甲\t乙\n丙"),
        ("<p>a &lt;b&gt; &amp;amp; c&nbsp;d　e</p>", "a <b> &amp; c\xa0d\u3000e"),
        ("<pre>if x:\n    y\n\n</pre><p>z  z</p>", "if x:\n    y\nz z"),
        ("<pre>a\tb <i>c</i></pre>", "a\tb c"),
        ('<p>甲<img src="https://a.example/b.jpg" alt="x > y">乙</p>', "甲乙"),
        ("", ""),
    ],
)
def test_visible_text(markup: str, expected: str) -> None:
    assert visible_text(sanitise(markup)) == expected
