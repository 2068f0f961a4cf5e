"""What a text is, and whether it is markup."""

import pytest
from lxml.etree import fromstring

from broadsheet.parse.elements.scope import Scope
from broadsheet.parse.elements.textual import plain, read_text

RSS, ATOM = Scope(), Scope(atom=True, strict=True)
XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'


@pytest.mark.parametrize(("markup", "text"), [("<t> a </t>", "a"), ("<t>a<b>b</b> c</t>", "ab c"), ("<t/>", "")])
def test_the_own_text_of_an_element(markup: str, text: str) -> None:
    assert plain(fromstring(markup)) == text


@pytest.mark.parametrize(
    ("scope", "markup", "value", "kind"),
    [
        (RSS, "<t>a &amp;lt; b</t>", "a &lt; b", "html"),
        (RSS, "<t>a &lt; b</t>", "a < b", "text"),
        (RSS, "<t>a<b>c</b></t>", "a<b>c</b>", "html"),
        (RSS, '<t x="1">a</t>', "a", "text"),
        (ATOM, "<t>&lt;b&gt;a&lt;/b&gt;</t>", "<b>a</b>", "text"),
        (ATOM, '<t type="html">a</t>', "a", "html"),
        (ATOM, '<t type="text">&lt;b&gt;a</t>', "<b>a", "text"),
        (ATOM, f'<t type="xhtml"><div {XHTML}>a<i/></div></t>', "a<i></i>", "html"),
        (ATOM, f'<t type="html"><div {XHTML}>&lt;p&gt;a</div></t>', "<p>a", "html"),
        (ATOM, '<t type="application/octet-stream">5Lit</t>', "中", "text"),
        (ATOM, '<t mode="base64">PGI+YTwvYj4=</t>', "<b>a</b>", "html"),
        (ATOM, '<t mode="base64">a</t>', "a", "text"),
        (ATOM, '<t mode="escaped">&lt;b&gt;a&lt;/b&gt;</t>', "<b>a</b>", "html"),
    ],
)
def test_a_text_is_markup_as_its_format_says(scope: Scope, markup: str, value: str, kind: str) -> None:
    text = read_text(fromstring(markup), scope, markup=False)
    assert (text.value, text.type) == (value, kind)


def test_a_body_is_markup_even_where_it_does_not_look_like_it() -> None:
    assert read_text(fromstring("<t>a</t>"), RSS, markup=True).type == "html"
