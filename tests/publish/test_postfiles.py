"""Post files out: one form for each generator, nothing in them that could run, names that titles cannot touch."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from broadsheet.clean import sanitise
from broadsheet.errors import ConfigError, PublishError
from broadsheet.model import Feed, Image, Original, Person, Post, SafeHtml
from broadsheet.parse.formats.postfiles import CLASSIC_MEDIA_TYPE, PostFile, parse_postfile
from broadsheet.publish.formats.classic import render as render_classic
from broadsheet.publish.formats.document import harmless, one_line
from broadsheet.publish.postfiles import FORMS, Form, render_postfile

GOLDEN = Path(__file__).parent / "golden" / "postfiles"
MOMENT = datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC)
YAML_FORMS = sorted(FORMS.keys() - {"classic"})
HTML_FORMS = ("eleventy", "hexo", "hugo", "jekyll")

HOSTILE = (
    "<p>MARK {{ 7*7 }}</p>",
    '<p>MARK {{ range.constructor("return process.version")() }}</p>',
    '<p>MARK <a href="https://example.org/?q={{7*7}}" title="{% foo %}">x</a></p>',
    "<p>MARK {% foo %}</p>",
    "<p>MARK {# hidden #}</p>",
    "<p>MARK {% raw %}{{ 7*7 }}{% endraw %}{{ 7*7 }}</p>",
    "<p>MARK {% endraw %}{{ 7*7 }}{% raw %}</p>",
    "<pre><code>MARK\n```js\nalert(1)\n```\n</code></pre>",
    "```js\nMARK\n```",
    "~~~ruby\nMARK\n~~~",
    "---js\n({title: process.version})\n---\nMARK",
    "<p>MARK {{< figure src=1 >}} {{% ref x %}} {{</* x */>}}</p>",
    "<p>MARK {{{ 7*7 }}} {{{{ 7*7 }}}}</p>",
    "<p>MARK &lt;!--swig\ufffc0--&gt; &lt;!--code\ufffc0--&gt; &lt;!--comment\ufffc9--&gt;</p>",
    "<p>MARK\n\n    indented\n\n* not a list\n\n# not a heading</p>",
    "<p>MARK {%- include_relative /etc/passwd -%} {{- site -}}</p>",
)
HOSTILE_TITLES = (
    "微软: 新系统 {{ 7*7 }} {% foo %}",
    "[图]@abc *abc* > abc # 标签",
    "---\ninjected: true\n---",
    'a "b" \\ \' c\u2028d\u2029e\x85f\x00g\ufeff',
    "2022",
    "true",
    "- {{< x >}}",
)


def feed(section: tuple[str, ...] = ("新媒体", "示例报", "最新")) -> Feed:
    return Feed(id="f" * 10, address="posts:x", section=section, title="示例报", added_at=MOMENT)


def post(**changes: Any) -> Post:
    base = Post(
        id="20240203-0123456789",
        feed_id="f" * 10,
        entry_id="e",
        title="甲公司发布“新品”: it's here",
        html=SafeHtml("<p>正文。</p>"),
        text="x\n正文。",
        summary="正文。",
        link="https://example.org/a",
        language="zh",
        image=Image(url="https://img.example.org/a.png"),
        authors=(Person(name="示例报"),),
        categories=("数码", "AI: 应用"),
        enclosures=(),
        comments=None,
        published=MOMENT,
        updated=MOMENT.replace(hour=7),
        first_seen=MOMENT,
        changed_at=MOMENT,
        revision=1,
        digest="d",
        changes={},
    )
    return structs.replace(base, **changes)


def original(body: bytes, media_type: str) -> Original:
    return Original(
        post_id="p",
        feed_id="f",
        entry_id="e",
        number=1,
        seen_at=MOMENT,
        reason="imported",
        body=body,
        media_type=media_type,
        base_url=None,
    )


def again(file: PostFile) -> tuple[Post, Feed]:
    """Make of a read file the post and feed it stands for, with its HTML as it was."""
    entry = file.entry
    image = Image(url=entry.images[0]) if entry.images else None
    assert entry.published is not None
    made = post(
        title=entry.title or "",
        html=SafeHtml(entry.content or ""),
        image=image,
        authors=entry.authors,
        published=entry.published,
    )
    return made, feed(file.section)


def header(text: str) -> dict[str, Any]:
    loaded = yaml.safe_load(text.split("---\n")[1])
    assert isinstance(loaded, dict)
    return loaded


def render(made: Post, form: str, of: Feed | None = None) -> str:
    return render_postfile(made, of or feed(), None, form)[1].decode()


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_is_written_as_its_golden_file(form: str) -> None:
    name, body = render_postfile(post(), feed(), None, form)
    golden = GOLDEN / f"{form}{Path(name).suffix}"
    if os.environ.get("BROADSHEET_GOLDEN") == "write":
        golden.write_bytes(body)
    assert body == golden.read_bytes()


def test_a_post_that_came_as_a_classic_file_goes_out_as_that_file() -> None:
    kept = original(b"\n---\nany bytes \xff", CLASSIC_MEDIA_TYPE)
    assert render_postfile(post(), feed(), kept, "classic") == ("20240203-0123456789.md", kept.body)


def test_a_post_of_a_feed_is_rendered_in_the_classic_form() -> None:
    kept = original(b"<rss/>", "application/xml")
    assert render_postfile(post(), feed(), kept, "classic")[1].startswith(b"\n---\ntitle: ")


def test_the_other_forms_never_carry_the_original() -> None:
    kept = original(b"\n---\n{{ 7*7 }}", CLASSIC_MEDIA_TYPE)
    assert b"7*7" not in render_postfile(post(), feed(), kept, "hexo")[1]


def test_an_unknown_form_is_refused_by_name() -> None:
    with pytest.raises(ConfigError, match=r"format: there is no form 'wiki': choose one of classic, hexo"):
        render_postfile(post(), feed(), None, "wiki")


def test_titles_never_make_names() -> None:
    names = {render_postfile(post(title=title), feed(), None, form)[0] for form in FORMS for title in HOSTILE_TITLES}
    assert names == {"20240203-0123456789.html", "20240203-0123456789.md", "2024-02-03-0123456789.html"}


@pytest.mark.parametrize("form", sorted(FORMS))
def test_a_post_that_its_feed_gave_no_date_has_that_of_its_poll_to_the_second(form: str) -> None:
    name, body = render_postfile(post(published=MOMENT.replace(microsecond=144_414)), feed(), None, form)
    assert str(parse_postfile(body, name).entry.published).startswith("2024-02-03 04:05:06")


@pytest.mark.parametrize("form", YAML_FORMS)
@pytest.mark.parametrize("title", HOSTILE_TITLES)
def test_the_header_reads_back_in_yaml_and_here(form: str, title: str) -> None:
    text = render(post(title=title, categories=(title,)), form, feed((title, "源")))
    assert text.startswith("---\n")
    assert "\r" not in text
    assert header(text)["title"] == one_line(title)
    assert "injected" not in header(text)
    assert parse_postfile(text.encode(), "x.html").entry.title == " ".join(one_line(title).split("\n"))


@pytest.mark.parametrize("form", YAML_FORMS)
@pytest.mark.parametrize("html", HOSTILE)
def test_no_body_carries_anything_a_template_engine_runs(form: str, html: str) -> None:
    body = render(post(html=SafeHtml(html)), form).split("---\n", 2)[2]
    fences = () if form == "markdown" else ("```", "~~~", "\ufffc")
    assert not any(sign in body for sign in ("{{", "{%", "{#", *fences))
    assert "MARK" in body


def test_zola_and_astro_files_are_one_html_block() -> None:
    for form in ("zola", "astro"):
        body = render(post(html=SafeHtml("<pre>\n\na\n \t\n    b\n\n</pre>")), form).split("---\n", 2)[2]
        assert body.startswith("<div>\n")
        assert not any(not line.strip() for line in body.rstrip("\n").split("\n"))


def test_absent_values_make_no_lines() -> None:
    bare = post(updated=None, link=None, image=None, language=None, authors=(), categories=())
    assert set(header(render(bare, "hexo", feed(())))) == {"title", "date", "id", "layout", "disableNunjucks"}
    assert "extra" in header(render(bare, "zola"))


def test_several_authors_are_a_list() -> None:
    several = post(authors=(Person(name="甲"), Person(name=None), Person(name="乙")))
    assert header(render(several, "hexo"))["author"] == ["甲", "乙"]


words = st.text(st.characters(codec="utf-8") | st.sampled_from("{}%#'\":-&`~\\\n\u2028\x85 "), max_size=40)


@settings(max_examples=60)
@given(title=words, html=words, part=words, author=words)
def test_what_is_written_is_read_again(title: str, html: str, part: str, author: str) -> None:
    made = post(title=title, html=SafeHtml(f"<p>{html}</p>"), authors=(Person(name=author),), categories=(part,))
    text = render(made, "hexo", feed((part or "x", "b")))
    loaded, read = header(text), parse_postfile(text.encode(), "x.html")
    assert loaded["title"] == one_line(title) if title else "title" not in loaded
    assert (read.entry.title or "") == one_line(title)
    assert read.entry.content == harmless(made.html)
    assert read.section == tuple(word for word in (one_line(part or "x"), "b") if word)
    assert read.entry.id == made.id
    assert read.entry.published == made.published


@settings(max_examples=150)
@given(title=words, html=words, part=words, form=st.sampled_from(sorted(FORMS)))
def test_every_form_holds_what_the_post_says(title: str, html: str, part: str, form: str) -> None:
    made = post(title=title, html=sanitise(f"<p>{html}</p>"), categories=(part,))
    assert render_postfile(made, feed(("a", part)), None, form)[1]


def test_a_file_that_would_not_say_what_the_post_says_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    lossy = {
        "lost": Form(lambda made: f"{made.id}.html", lambda made, _: f"---\ntitle: x\n---\n{made.html}"),
        "none": Form(lambda made: f"{made.id}.html", lambda made, _: made.html),
    }
    monkeypatch.setattr("broadsheet.publish.postfiles.FORMS", lossy)
    with pytest.raises(
        PublishError, match=r"20240203-0123456789: .* read back, its title and date and section would not"
    ):
        render_postfile(post(), feed(), None, "lost")
    with pytest.raises(PublishError, match=r"cannot be written as 20240203-0123456789\.html: .*not a post file"):
        render_postfile(post(), feed(), None, "none")


@settings(max_examples=60)
@given(title=words, part=words, author=words)
def test_the_classic_form_is_yaml_and_is_read_again(title: str, part: str, author: str) -> None:
    made = post(title=title, authors=(Person(name=author),))
    text = render_classic(made, feed(("a", part, "c")))
    loaded, read = header(text), parse_postfile(text.encode(), "x.md")
    unbraced = loaded["title"].replace("&#123;", "{").replace("&#125;", "}")
    assert (read.entry.title or "") == unbraced
    assert loaded["categories"] in (["a", loaded["categories"][1], "c"],)
    assert isinstance(loaded["author"], str)
    assert read.layout == "classic-5"
    assert read.entry.content == made.html


def test_the_seed_is_made_again_from_its_fields(shared: Path) -> None:
    body = (shared / "data" / "seed" / "post.md").read_bytes()
    assert render_classic(*again(parse_postfile(body, "post.md"))).encode() == body


def test_the_bodies_of_the_samples_are_made_again_from_their_fields(shared: Path) -> None:
    for path in sorted((shared / "data" / "posts" / "raw").glob("*.md")):
        body = path.read_bytes()
        made = render_classic(*again(parse_postfile(body, path.name))).encode()
        assert made.split(b"\n---\n\n", 1)[1] == body.split(b"\n---\n\n", 1)[1], path.name


@settings(max_examples=100)
@given(title=words, part=words, form=st.sampled_from(sorted(FORMS)))
def test_no_title_and_no_section_has_a_part_in_a_name(title: str, part: str, form: str) -> None:
    usual = render_postfile(post(), feed(), None, form)[0]
    assert render_postfile(post(title=title, categories=(part,)), feed((part,)), None, form)[0] == usual
