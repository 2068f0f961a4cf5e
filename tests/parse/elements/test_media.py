"""Attached files and pictures."""

import pytest
from lxml.etree import fromstring

from broadsheet.parse.elements.draft import Draft
from broadsheet.parse.elements.media import (
    is_picture,
    read_enclosure,
    read_media_content,
    read_media_group,
    read_picture,
    whole_number,
)
from broadsheet.parse.elements.scope import Scope

SCOPE = Scope(base="https://a.example/feed")
MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), (" 0 ", 0), ("-1", None), ("1.5", None), ("", None), (None, None), ("٣", None), ("9" * 19, None)],
)
def test_a_whole_number_is_not_negative(text: str | None, number: int | None) -> None:
    assert whole_number(text) == number


@pytest.mark.parametrize(
    ("url", "kind", "medium", "expected"),
    [("/a.JPG?x=1", None, None, True), ("/a.mp3", None, None, False), ("/a.jpg", "audio/mpeg", None, False),
     ("/a", "image/png", None, True), ("/a", None, "image", True)],
)  # fmt: skip
def test_a_picture_is_what_the_feed_calls_one(url: str, kind: str | None, medium: str | None, expected: bool) -> None:
    assert is_picture(url, kind, medium) is expected


@pytest.mark.parametrize("markup", ['<e url="/1.mp3"/>', '<e href="/1.mp3"/>', "<e>/1.mp3</e>"])
def test_an_enclosure_is_found_wherever_its_address_is(markup: str) -> None:
    draft = Draft()
    read_enclosure(fromstring(markup), draft, SCOPE)
    assert [file.url for file in draft.enclosures] == ["https://a.example/1.mp3"]


def test_a_group_gives_its_files_pictures_and_words() -> None:
    group = fromstring(
        f'<media:group {MEDIA}><media:content url="/1.mp4" type="video/mp4" fileSize="9">'
        '<media:thumbnail url="/t.jpg"/></media:content><media:content url="/2.jpg"/><media:content/>'
        "<media:thumbnail>/3.jpg</media:thumbnail><media:rating/>"
        "<media:title>T</media:title><media:description>D</media:description></media:group>"
    )
    draft = Draft()
    read_media_group(group, draft, SCOPE)
    assert [(file.url, file.length) for file in draft.enclosures] == [("https://a.example/1.mp4", 9)]
    assert draft.images == [f"https://a.example/{name}.jpg" for name in ("t", "2", "3")]
    assert (draft.texts["title"].value, draft.texts["summary"].value) == ("T", "D")


@pytest.mark.parametrize(
    "markup", ["<i><title>t</title><url>/p</url></i>", '<i href="/p"/>', '<i url="/p"/>', "<i>/p</i>"]
)
def test_a_picture_is_found_in_any_place(markup: str) -> None:
    assert read_picture(fromstring(markup), SCOPE) == "https://a.example/p"


def test_a_pictures_title_is_not_the_entrys() -> None:
    title = "<media:title>alice</media:title>"
    picture, film = Draft(), Draft()
    read_media_content(fromstring(f'<media:content {MEDIA} url="/a.png">{title}</media:content>'), picture, SCOPE)
    read_media_content(fromstring(f'<media:content {MEDIA} url="/a.mp4">{title}</media:content>'), film, SCOPE)
    assert picture.texts == {}
    assert film.texts["title"].value == "alice"
