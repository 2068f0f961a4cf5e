"""Finding the article: which library, pictures through it, what it leaves at the end."""

from collections import Counter

import pytest
import readability  # type: ignore[import-untyped]

from broadsheet.clean.pages.extract import extract
from broadsheet.clean.pages.page import read_page

HERE = "https://paper.example/1"
WORDS = "The harbour authority said on Friday that its last two diesel ferries would be electrified by spring. "
HAN = "水厂昨天通水，老城区的水压有望在国庆节之前改善，居民们说这一次是真的好了。"


def found(inside: str) -> tuple[str, Counter[str]]:
    changes: Counter[str] = Counter()
    page = read_page(f"<html><body>{inside}</body></html>", HERE, changes)
    assert page is not None
    return extract(page.body, changes), changes


@pytest.mark.parametrize(
    ("words", "finder"), [(WORDS * 3, "trafilatura"), (HAN * 4, "readability"), (HAN * 4 + "WiFi", "readability")]
)
def test_the_script_of_a_page_chooses_the_library(words: str, finder: str) -> None:
    markup, changes = found(f"<article><p>{words}</p><p>{words}</p></article>")
    assert words.strip() in markup
    assert changes[f"extracted-by-{finder}"] == 1


def test_pictures_keep_their_places_addresses_and_captions() -> None:
    markup, _ = found(
        f"<article><p>{WORDS * 3}</p><figure><img src='/img?id=7&amp;w=9' alt='a' width='640'><figcaption>The "
        f"Kestrel</figcaption></figure><p>{WORDS * 3}</p>"
        f"<figure><img src='/b.jpg'></figure><p>{WORDS * 3}</p></article>"
    )
    assert markup.count("<figure>") == 2
    assert 'src="https://paper.example/img?id=7&amp;w=9" alt="a" width="640"' in markup
    assert "<figcaption>The Kestrel</figcaption>" in markup
    assert markup.index("Kestrel<") < markup.index("/b.jpg")
    assert "picture.invalid" not in markup


def test_a_picture_that_a_library_makes_up_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    made_up = "<p>x<img src='https://picture.invalid/7.jpg'>y<img src='https://tracker.example/1.gif'>z</p>"
    monkeypatch.setattr("trafilatura.extract", lambda *_, **__: made_up)
    assert found(f"<p>{WORDS * 3}</p>")[0] == "<p>xyz</p>"


def test_a_picture_that_names_a_stand_in_is_nobody_s() -> None:
    markup, _ = found(
        f"<article><p>{WORDS * 3}</p><p><img src='https://picture.invalid/99.jpg' alt='x'></p>"
        f"<p>{WORDS * 3}</p></article>"
    )
    assert markup.count("https://picture.invalid/99.jpg") == 1  # its own address, put back like any other


def test_links_that_lead_away_at_the_end_are_taken_off() -> None:
    markup, changes = found(
        f"<div><p>{HAN * 3}</p><p>{HAN * 2}<a href='/x'>链接</a></p>"
        f"<h3>相关阅读</h3><p><a href='/a'>{HAN}</a></p></div>"
    )
    assert "相关阅读" not in markup
    assert "链接" in markup
    assert changes["links-behind"] == 2


def test_a_picture_at_the_end_stays() -> None:
    markup, changes = found(f"<div><p>{HAN * 3}</p><p>{HAN * 3}</p><p><img src='/a.jpg'></p></div>")
    assert "/a.jpg" in markup
    assert not changes["links-behind"]


def test_a_library_that_fails_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RecursionError

    monkeypatch.setattr(readability, "Document", fail)
    assert found(f"<p>{HAN * 5}</p>") == ("", Counter({"extractor-failed": 1}))


def test_nothing_is_found_in_nothing() -> None:
    assert found("")[0] == ""
    assert found("<p></p><img src='/a.png'>")[0] == ""
