"""Every page is valid, safe and usable without sight, script, network or a server's root."""

import re
from collections.abc import Mapping
from itertools import pairwise
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest
from tests.publish.conftest import make_sample

from broadsheet.model import Paper
from broadsheet.publish import load_theme, render_site

HERE = "http://paper.example/"
OURS = {"href", "src"}


@pytest.fixture(scope="module", params=["zh-CN", "en"])
def site(request: pytest.FixtureRequest) -> Mapping[str, bytes]:
    """All files of the sample paper, in each language of the interface."""
    edition = make_sample(paper=Paper(title="对开", subtitle="谁说了什么", language=request.param, address=HERE))
    files = {page.path: page.render() for page in render_site(edition, load_theme(edition.paper))}
    return MappingProxyType(files)


@pytest.fixture(scope="module")
def html(site: Mapping[str, bytes]) -> Mapping[str, Any]:
    """The pages, parsed strictly: the first mistake of HTML fails every test. Nobody changes them."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    return {path: parser.parse(content) for path, content in site.items() if path.endswith(".html")}


def test_every_page_is_html_without_a_mistake_and_every_tag_closed(
    site: Mapping[str, bytes], html: Mapping[str, Any]
) -> None:
    assert len(html) > 12
    void = {"meta", "link", "img", "input", "br", "hr", "wbr"}
    for path, content in site.items():
        if path.endswith(".html"):
            text = re.sub(
                r"<script type=\"application/ld\+json\">.*?</script>", "", content.decode(), flags=re.DOTALL
            )
            opened = [name for name in re.findall(r"<([a-z][a-z0-9]*)", text) if name not in void]
            assert sorted(opened) == sorted(re.findall(r"</([a-z][a-z0-9]*)>", text)), path


def test_nothing_a_strict_policy_forbids(html: Mapping[str, Any]) -> None:
    for path, tree in html.items():
        for element in tree.iter():
            assert "style" not in element.attrib, path
            assert not [name for name in element.attrib if name.startswith("on")], path
            assert element.tag not in {"style", "iframe", "object", "embed", "base"}, path
            if element.tag == "script":
                assert "src" in element.attrib or element.get("type") == "application/ld+json", path


def test_no_hostile_text_becomes_markup_or_a_link(site: Mapping[str, bytes], html: Mapping[str, Any]) -> None:
    for path, tree in html.items():
        links = [value for element in tree.iter() for name, value in element.attrib.items() if name in OURS]
        assert not [link for link in links if "javascript" in link], path
        assert not [
            element for element in tree.iter("script") if "alert" in (element.text or "") and "src" in element.attrib
        ]
    assert any(b"{{ 7 * 7 }}" in content for content in site.values())
    assert not any(b"49</title>" in content for content in site.values())


def test_our_own_links_are_relative_and_lead_somewhere(site: Mapping[str, bytes], html: Mapping[str, Any]) -> None:
    for path, tree in html.items():
        here = urljoin(HERE, path)
        for element in tree.iter():
            for link in (value for name, value in element.attrib.items() if name in OURS):
                if urlsplit(link).scheme or link.startswith("#"):
                    continue
                assert path == "404.html" or not link.startswith("/"), path
                target = unquote(urlsplit(urljoin(here, link)).path).removeprefix("/")
                assert (target + "index.html" if target in {""} or target.endswith("/") else target) in site, (
                    path,
                    link,
                )


def test_a_page_asks_nothing_of_others_but_pictures(html: Mapping[str, Any]) -> None:
    for path, tree in html.items():
        for element in (
            element for name in ("link", "script", "source", "audio", "video") for element in tree.iter(name)
        ):
            address = element.get("src") or (element.get("href") if element.get("rel") != "canonical" else "") or ""
            assert not urlsplit(address).netloc, path
        for picture in tree.iter("img"):
            assert picture.get("referrerpolicy") == "no-referrer"
            assert picture.get("loading") == "lazy"
            assert picture.get("decoding") == "async"
            assert picture.get("alt") is not None
        assert tree.find("head/meta[@name='referrer']").get("content") == "no-referrer"


def test_headings_go_down_one_step_at_a_time(html: Mapping[str, Any]) -> None:
    for path, tree in html.items():
        dialog = {id(element) for box in tree.iter("dialog") for element in box.iter()}
        levels = [
            int(element.tag[1])
            for element in tree.iter()
            if isinstance(element.tag, str) and re.fullmatch("h[1-6]", element.tag) and id(element) not in dialog
        ]
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(later <= earlier + 1 for earlier, later in pairwise(levels)), (path, levels)


def test_landmarks_names_and_languages(html: Mapping[str, Any]) -> None:
    for path, tree in html.items():
        assert tree.get("lang") in {"zh-CN", "en"}, path
        assert tree.find("body/a[@class='skip']").get("href") == "#main", path
        for landmark in ("header", "nav", "main", "footer"):
            assert list(tree.iter(landmark)), (path, landmark)
        names = [element.get("id") for element in tree.iter() if element.get("id")]
        assert len(names) == len(set(names)), path
        for element in tree.iter("section"):
            assert element.get("aria-labelledby") in names, path
        for link in [*tree.iter("a"), *tree.iter("button")]:
            assert "".join(link.itertext()).strip(), path
        assert tree.find("head/title").text.strip(), path


def test_every_moment_can_be_read_by_machines(html: Mapping[str, Any]) -> None:
    for path, tree in html.items():
        for element in tree.iter("time"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d[+-]\d\d:\d\d)?", element.get("datetime") or ""), path


def test_a_post_speaks_its_own_language(site: Mapping[str, bytes], html: Mapping[str, Any]) -> None:
    (foreign,) = [tree for path, tree in html.items() if path.startswith("p/") and "7 * 7" in site[path].decode()]
    assert foreign.find(".//div[@class='body']").get("lang") == "en-GB"


def test_no_address_is_too_long_or_strange(site: Mapping[str, bytes]) -> None:
    for path in site:
        parts = PurePosixPath(path).parts
        assert ".." not in parts
        assert all(len(part.encode()) <= 255 for part in parts)


def test_stylesheet_and_script_stay_light(site: Mapping[str, bytes]) -> None:
    static = {PurePosixPath(path).name: len(content) for path, content in site.items() if path.startswith("static/")}
    sizes = {name.partition("-")[0]: size for name, size in static.items()}
    assert sizes["broadsheet"] < 25_000
    assert sizes["app"] < 3_000
    assert sizes["reading"] + sizes["search"] < 10_000
