"""Markdown out: a reader of it sees the text of the post, and nothing of that text is taken for markup."""

import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from broadsheet.clean import clean_entry, sanitise, visible_text
from broadsheet.clean.sanitise import TAGS
from broadsheet.model import ParsedEntry, SafeHtml
from broadsheet.publish.formats.markdown_blocks import markdown_of

READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def seen(html: str) -> list[str]:
    """The words a reader sees, in order."""
    return visible_text(sanitise(html)).split()


def cleaned(html: str) -> SafeHtml:
    return clean_entry(ParsedEntry(title="t", content=html)).html


def markdown(html: str) -> str:
    return markdown_of(sanitise(html))


def rendered(html: str) -> str:
    text = READER.render(markdown(html))
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>一 # 二 #</h2>", "## 一 \\# 二 \\#"),
        ("<p>a<b> b </b>c</p>", "a **b** c"),
        ("<p>他说<b>“文字”</b>后</p>", "他说<strong>“文字”</strong>后"),
        ("<p>这是<b>粗体</b>字</p>", "这是**粗体**字"),
        ("<p>“<b>文字</b>”后</p>", "“**文字**”后"),
        ("<p><b>《书》</b></p>", "**《书》**"),
        ("<p><b><i>x</i></b>y</p>", "<strong><em>x</em></strong>y"),
        ("<p><b>a</b><b>b</b></p>", "<strong>a</strong><strong>b</strong>"),
        ("<p>涨<b>＋5</b>元</p>", "涨<strong>＋5</strong>元"),
        ("<p><s>旧</s>新</p>", "~~旧~~新"),
        ("<p><ins>新</ins>H<sub>2</sub>O</p>", "<ins>新</ins>H<sub>2</sub>O"),
        ("<p><ruby>漢<rt>かん</rt></ruby></p>", "<ruby>漢<rt>かん</rt></ruby>"),
        ("<p>a<br>b</p>", "a  \nb"),
        ("<p>x <code>a`b``c</code></p>", "x ```a`b``c```"),
        ("<p><code>`a`</code></p>", "`` `a` ``"),
        ("<pre>a ```` b\n  c</pre>", "`````\na ```` b\n  c\n`````"),
        ("<hr>", "___"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ul><li>a<ol start=2><li>b</li></ol></li></ul>", "- a\n\n  2. b"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n* b"),
        ("<ol start=9><li>a</li><li></li><li>c</li></ol>", "9. a\n10. <!-- -->\n11. c"),
        ("<ul><li><p>a</p><p>b</p></li><li></li></ul>", "- a\n\n  b"),
        ("<ul><li><dl><p>x</p></dl><ul><li>1</li></ul></li></ul>", "- <dl><p>x</p></dl>\n\n  - 1"),
        ("<ol reversed><li>a</li></ol>", '<ol reversed=""><li>a</li></ol>'),
        ("<dl><dt>词</dt><dd>义</dd></dl>", "**词**\n\n义"),
        ("<details><summary>要点</summary><p>正文</p></details>", "> **要点**\n>\n> 正文"),
        (
            '<figure><img src="https://x.org/a (1).png" alt="[图]"><figcaption>说明</figcaption></figure>',
            "![\\[图\\]](https://x.org/a%20%281%29.png)\n\n*说明*",
        ),
        ('<p>好!<a href="https://x.org/?a=1&amp;copy=2">看</a></p>', "好\\![看](https://x.org/?a=1&amp;copy=2)"),
        ("<table><tr><th>a|b</th></tr><tr><td>1</td></tr></table>", "| a\\|b |\n| --- |\n| 1 |"),
        ("<table><caption>表</caption><tr><td>1<br>2</td></tr></table>", "*表*\n\n|  |\n| --- |\n| 1<br>2 |"),
    ],
)
def test_each_element_has_its_form(html: str, expected: str) -> None:
    assert markdown(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td colspan=2>x</td></tr></table>",
        "<table><tr><td>x</td></tr><tr><td>x</td><td>y</td></tr></table>",
        "<table><tr><td><ul><li>x</li></ul></td></tr></table>",
        "<table><tr><td><p>x</p><p>y</p></td></tr></table>",
        "<pre>a <a href='https://x.org/'>b</a>\n\nc</pre>",
        "<ol><li value=7>x</li></ol>",
    ],
)
def test_what_markdown_has_no_form_for_stays_html(html: str) -> None:
    text = markdown(html)
    assert text.startswith(html[:4])
    assert "\n\n" not in text
    assert seen(READER.render(text)) == seen(html)


@pytest.mark.parametrize("code", ["{{ 7*7 }}", "{% raw %}", "{# x #}", "<% tp.x %>", "= this.file", "$= dv.pages()"])
def test_code_that_some_program_would_run_is_no_code_to_it(code: str) -> None:
    escaped = code.replace("<", "&lt;")
    for text in (markdown(f"<p>a <code>{escaped}</code></p>"), markdown(f"<pre>{escaped}</pre>")):
        assert not re.search(r"`|<code|\{[{%#]|<%", text)
        assert " ".join(seen(READER.render(text))).endswith(code)


@pytest.mark.parametrize(
    "line",
    [
        *("# a", "- a", "+ a", "* a", "1. a", "1) a", "> a", "---", "===", "- - -", "***", "___", "```", "~~~js"),
        *(
            "[a]: https://x.org",
            "[^1]: note",
            "[[link]]",
            "![[embed]]",
            "| a | b |",
            ":--",
            "    four",
            "\ta",
            "[ ] a",
        ),
        *("*a* _b_ __c__ **d** ~~e~~ `f`", "==a== %%b%% $c$ ^d", "#tag", "key:: value", "&amp;amp; &amp;#35;"),
        *(
            "&lt;b&gt;a&lt;/b&gt;",
            "&lt;!-- a --&gt;",
            "\\*a\\*",
            "a\\",
            "!",
            "https://x.org/a_b_c",
            "{: .x}",
            "{{x}}",
        ),
        *(
            "a  ",
            "+",
            "-",
            "1.",
            "%%",
            "==",
            "#",
            "a_",
            "_",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "---js",
            "*",
            "`",
        ),
    ],
)
@pytest.mark.parametrize(
    "shape", ["<p>{}</p>", "<p>x<br>{}</p>", "<ul><li>{}</li></ul>", "<h3>{}</h3>", "<p><b>{}</b>后</p>"]
)
def test_text_is_never_taken_for_markup(shape: str, line: str) -> None:
    html = shape.format(line)
    assert re.sub(r"\s+", " ", rendered(html)).strip() == re.sub(r"\s+", " ", READER.render(markdown(html))).strip()
    assert seen(rendered(html)) == seen(html)
    found = set(re.findall(r"<([a-z0-9]+)", rendered(html)))
    assert found <= {"p", "br", "ul", "li", "h3", "strong"}


def test_deep_nesting_ends_in_html_and_in_time() -> None:
    for tag, inner in (("blockquote", "p"), ("ul", "li"), ("b", "i")):
        html = f"<{tag}><{inner}>" * 90 + "字" + f"</{inner}></{tag}>" * 90
        assert "".join(seen(rendered(html))) == "字"


TEXTS = st.text(
    st.sampled_from("ab 中文“”，。*_`~[]()<>#+-=|!&\\{}%$^:;1.)\n\t\xa0\u3000＋é\u0301😀'\"@/"),
    min_size=1,
    max_size=12,
).map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;"))
ADDRESSES = st.text(st.sampled_from("ab()[]<>*_`|\\ {}&%$#?=~!中"), max_size=10).map(
    lambda text: "https://x.org/" + text.replace("&", "&amp;").replace("<", "&lt;")
)
INLINE_NAMES = ("b", "strong", "i", "em", "s", "del", "ins", "u", "mark", "code", "sub", "q", "kbd", "cite", "small")
INLINE = st.recursive(
    st.one_of(TEXTS, st.just("<br>"), ADDRESSES.map(lambda url: f"<img src='{url}' alt='[a]*b|'>")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.tuples(st.sampled_from(INLINE_NAMES), inner).map(lambda made: f"<{made[0]}>{made[1]}</{made[0]}>"),
        st.tuples(ADDRESSES, TEXTS).map(lambda made: f"<a href='{made[0]}'>{made[1]}</a>"),
    ),
    max_leaves=8,
)
LINES = ("p", "h2", "h5", "figcaption", "pre")
BLOCKS = st.recursive(
    st.one_of(
        st.tuples(st.sampled_from(LINES), INLINE).map(lambda made: f"<{made[0]}>{made[1]}</{made[0]}>"), INLINE
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map("".join),
        st.lists(inner, max_size=3).map(
            lambda items: "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"
        ),
        st.tuples(st.integers(0, 30), st.lists(inner, max_size=3)).map(
            lambda made: f"<ol start={made[0]}>" + "".join(f"<li>{item}</li>" for item in made[1]) + "</ol>"
        ),
        st.tuples(st.sampled_from(("blockquote", "figure", "details", "dl")), inner).map(
            lambda made: f"<{made[0]}>{made[1]}</{made[0]}>"
        ),
        st.tuples(st.sampled_from(("td", "th")), st.lists(inner, min_size=1, max_size=4)).map(
            lambda made: (
                "<table>" + "".join(f"<tr><{made[0]}>{cell}</{made[0]}></tr>" for cell in made[1]) + "</table>"
            )
        ),
    ),
    max_leaves=8,
)


@settings(max_examples=300)
@given(BLOCKS)
def test_a_reader_of_the_markdown_sees_the_text_of_the_post(html: str) -> None:
    for body in (cleaned(html), sanitise(html)):
        assert "".join(seen(READER.render(markdown_of(body)))) == "".join(seen(body))


def test_a_list_that_begins_at_ten_stands_apart_from_the_line_before_it() -> None:
    body = cleaned("<ul><li>1<ol start=10><li><p>1</p></li></ol></li></ul>")
    assert markdown_of(body) == "- 1\n\n  10. 1"
    assert seen(READER.render(markdown_of(body))) == ["1", "1"]


@settings(max_examples=200)
@given(st.lists(INLINE, min_size=1, max_size=5))
def test_lines_of_a_post_stay_apart_word_by_word(parts: list[str]) -> None:
    body = cleaned("".join(f"<p>{part}</p>" for part in parts))
    assert seen(READER.render(markdown_of(body))) == seen(body)


@settings(max_examples=200)
@given(BLOCKS)
def test_no_markdown_carries_anything_a_template_engine_runs(html: str) -> None:
    assert not re.search(r"\{[{%#]|<%", markdown_of(cleaned(html)))


@settings(max_examples=200)
@given(BLOCKS)
def test_a_reader_of_the_markdown_gets_no_element_and_no_address_that_the_sanitiser_did_not_pass(html: str) -> None:
    page = html5lib.parseFragment(READER.render(markdown_of(cleaned(html))), namespaceHTMLElements=False)
    for element in page.iter():
        assert element.tag == "DOCUMENT_FRAGMENT" or callable(element.tag) or element.tag in TAGS
        assert not [name for name in dict(element.items()) if name.startswith("on") or name == "style"]
        for name in ("href", "src"):
            assert (element.get(name) or "https:").startswith(("https:", "http:", "mailto:"))
