"""How the paper looks: language, assets, and a digest that changes with all that pages are made of."""

from collections.abc import Callable

import pytest
from jinja2 import UndefinedError

from broadsheet.errors import PublishError
from broadsheet.model import Edition, Feed, Paper, Post, SafeHtml
from broadsheet.publish import render_site
from broadsheet.publish.theme import load_theme


@pytest.mark.parametrize(
    ("language", "front"),
    [
        ("zh-CN", "头版"),
        ("zh", "头版"),
        ("zh_TW", "头版"),
        ("ZH-Hans", "头版"),
        ("en", "Front page"),
        ("fr", "Front page"),
    ],
)
def test_the_interface_speaks_the_papers_language(language: str, front: str) -> None:
    theme = load_theme(Paper(title="p", language=language))
    assert front in theme.render("404.html", "404.html", {}).decode()


def test_a_zone_that_is_none_is_refused_with_advice() -> None:
    for zone in ("Mars/Olympus", "", "../etc/passwd"):
        with pytest.raises(PublishError, match="use an IANA name"):
            load_theme(Paper(title="p", zone=zone))


def test_stylesheet_and_scripts_are_sent_without_what_is_for_their_authors() -> None:
    assets = load_theme(Paper(title="p")).assets
    (style,) = [content.decode() for name, content in assets.items() if name.endswith(".css")]
    assert style.startswith('@charset "utf-8";\n:root{\ncolor-scheme:light dark;')
    assert not [name for name, content in assets.items() if b"/*" in content or b"\n " in content]
    assert style.count("{") == style.count("}")


def test_equal_papers_have_equal_digests() -> None:
    assert load_theme(Paper(title="p")).digest == load_theme(Paper(title="p")).digest
    assert load_theme(Paper(title="p")).digest != load_theme(Paper(title="q")).digest


def test_a_fingerprint_tells_its_inputs_apart() -> None:
    mark: Callable[..., str] = load_theme(Paper(title="p")).fingerprint
    assert len({mark("ab", "c"), mark("a", "bc"), mark("abc"), mark("abc", ""), mark()}) == 5


def test_assets_are_named_by_their_content() -> None:
    names = sorted(load_theme(Paper(title="p")).assets)
    kinds = ["static/app", "static/broadsheet", "static/icon", "static/reading", "static/search"]
    assert [name.rpartition("-")[0] for name in names] == kinds


def test_a_template_that_asks_for_what_is_not_there_fails_loudly() -> None:
    theme = load_theme(Paper(title="p"))
    with pytest.raises(UndefinedError):
        theme.render("section.html", "a/index.html", {})


def test_pictures_on_the_papers_own_site_become_relative(
    post: Callable[..., Post], feed: Callable[..., Feed], edition: Callable[..., Edition]
) -> None:
    paper = Paper(title="p", address="https://paper.example/")
    body = SafeHtml('<p><img src="https://paper.example/pictures/a.png"> https://paper.example/</p>')
    outlet = feed()
    made = edition([outlet], [post(outlet, "1", html=body)], paper=paper)
    pages = {page.path: page for page in render_site(made, load_theme(paper))}
    (page,) = (page.render().decode() for path, page in pages.items() if path.startswith("p/"))
    assert '<img src="../../pictures/a.png"> https://paper.example/</p>' in page
    assert "https://paper.example/pictures/a.png" in pages["feed.atom"].render().decode()
