"""The images of a page: found, and shown from the paper's own copies."""

from collections.abc import Callable
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from broadsheet.clean.sanitise import sanitise
from broadsheet.model import Edition, Feed, Image, ImageCopy, Page, Post, SafeHtml
from broadsheet.publish.pictures import copy_address, picture, picture_addresses, with_copies
from broadsheet.publish.site import render_site
from broadsheet.publish.theme import load_theme

ONE, TWO = "https://img.example/1.jpg", "https://img.example/2.jpg?a=1&b=2"
COPY = ImageCopy(hash="ab" * 32, kind="jpg", width=1200, height=800, size=9, phash="0" * 16)
HREF = f"img/ab/{'ab' * 32}"


def body(markup: str) -> SafeHtml:
    return sanitise(markup)


def addresses(markup: str, make_post: Callable[..., Post], make_feed: Callable[..., Feed]) -> tuple[str, ...]:
    return picture_addresses(make_post(make_feed(), "1", html=body(markup)))


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        (f'<p>a<img src="{ONE}">b</p>', (ONE,)),
        (f'<img src="{ONE}"><img src="{ONE}"><img src="{TWO.replace("&", "&amp;")}">', (ONE, TWO)),
        (f'<img src="{ONE}" srcset="{ONE} 300w, {TWO} 1200w, https://img.example/3 6000w">', (TWO,)),
        (f'<img src="{ONE}" srcset="{ONE} 1x, {TWO} 2x">', (TWO,)),
        (f'<img src="{ONE}" srcset="{ONE}, {TWO} 3x">', (ONE,)),
        (
            f'<video src="https://v.example/1.mp4" poster="{ONE}"></video><video src="https://v.example/2"></video>',
            (ONE,),
        ),
        (f'<pre>&lt;img src="{ONE}"&gt;</pre>', ()),
        ("<p>no picture</p>", ()),
    ],
)
def test_what_a_page_shows_is_found_once(
    markup: str, found: tuple[str, ...], post: Callable[..., Post], feed: Callable[..., Feed]
) -> None:
    assert addresses(markup, post, feed) == found


def test_the_image_that_lists_show_is_found_too(post: Callable[..., Post], feed: Callable[..., Feed]) -> None:
    shown = post(feed(), "1", html=body(f'<img src="{ONE}">'), image=Image(url=f" {TWO} "))
    assert picture_addresses(shown) == (ONE, TWO)
    assert picture_addresses(post(feed(), "1", image=Image(url="javascript:1"))) == ()


def test_a_post_of_nothing_but_images_has_a_bound(post: Callable[..., Post], feed: Callable[..., Feed]) -> None:
    html = SafeHtml("".join(f'<img src="https://img.example/{n}">' for n in range(2000)))
    assert len(picture_addresses(post(feed(), "1", html=html))) == 500


def test_a_copy_is_shown_with_its_size_and_asks_nobody() -> None:
    html = body(f'<p>a<img src="{ONE}" alt="b &quot;c&quot; &lt;d&gt;" srcset="{ONE} 1x, {ONE}?2 0.5x">e</p>')
    assert with_copies(html, {ONE: COPY}, "../../") == (
        f'<p>a<img src="../../{HREF}.jpg" alt="b &quot;c&quot; &lt;d&gt;" width="1200" height="800" loading="lazy" '
        'decoding="async">e</p>'
    )


def test_what_has_no_copy_stays_and_names_no_referrer() -> None:
    html = body(f'<img src="{ONE}"><img src="{TWO}">')
    shown = with_copies(html, {ONE: COPY}, "")
    assert 'src="https://img.example/2.jpg?a=1&amp;b=2"' in shown
    assert 'referrerpolicy="no-referrer"' in shown.rpartition("<img")[2]
    assert with_copies(html, {}, "") is html


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ('width="300"', (300, 200)),
        ('height="200"', (300, 200)),
        ('width="300" height="1000"', (300, 200)),
        ('width="0"', (1200, 800)),
        ("", (1200, 800)),
    ],
)
def test_a_size_that_was_said_is_kept_in_true_proportions(said: str, size: tuple[int, int]) -> None:
    shown = with_copies(body(f'<img src="{ONE}" {said}>'), {ONE: COPY}, "")
    assert f'width="{size[0]}" height="{size[1]}"' in shown


def test_a_small_image_says_so_and_is_not_blown_up() -> None:
    icon = replace(COPY, width=64, height=64)
    assert with_copies(body(f'<img src="{ONE}">'), {ONE: icon}, "").startswith('<img class="small" src="')
    assert "small" not in with_copies(body(f'<img src="{ONE}">'), {ONE: COPY}, "")
    assert 'class="small"' in with_copies(body(f'<img src="{ONE}" width="120">'), {ONE: COPY}, "")


def test_variants_are_offered_smallest_first_and_not_to_feed_readers() -> None:
    copy = ImageCopy(hash="ab" * 32, kind="png", width=400, height=300, size=9, phash="0", variants=("webp", "avif"))
    html = body(f'<img src="{ONE}">')
    shown = with_copies(html, {ONE: copy}, "")
    sources = f'<source type="image/avif" srcset="{HREF}.avif"><source type="image/webp" srcset="{HREF}.webp">'
    assert shown.startswith(f"<picture>{sources}<img ")
    assert "<picture>" not in with_copies(html, {ONE: copy}, "https://paper.example/", variants=False)


def test_a_video_shows_the_copy_of_its_poster() -> None:
    html = body(f'<video src="https://v.example/1.mp4" poster="{TWO.replace("&", "&amp;")}"></video>')
    assert (
        with_copies(html, {TWO: COPY}, "")
        == f'<video preload="none" src="https://v.example/1.mp4" poster="{HREF}.jpg" controls=""></video>'
    )


def test_the_image_of_a_list_comes_from_its_copy_or_from_where_it_was() -> None:
    image = Image(url=TWO, alt='"a" <b>', width=300)
    assert 'width="300" height="200"' in picture(image, {TWO: COPY}, "../")
    assert f'src="../{HREF}.jpg"' in picture(image, {TWO: COPY}, "../")
    original = picture(image, {}, "../")
    assert 'src="https://img.example/2.jpg?a=1&amp;b=2" alt="&#34;a&#34; &lt;b&gt;" loading' in original
    assert 'referrerpolicy="no-referrer"' in original
    assert 'width="3" height="4"' in picture(Image(url=ONE, width=3, height=4), {}, "")


def test_machines_are_told_the_address_of_the_copy() -> None:
    assert copy_address(Image(url=ONE), {ONE: COPY}, "https://paper.example/") == f"https://paper.example/{HREF}.jpg"
    assert copy_address(Image(url=ONE), {}, "https://paper.example/") == ONE
    assert copy_address(Image(url="javascript:1"), {}, "https://paper.example/") is None


@given(st.text("<>\"&'= abc", max_size=30), st.text("<>\"&'= abc", max_size=30))
def test_whatever_an_outlet_writes_only_the_address_changes(alt: str, around: str) -> None:
    html = body(f'{escape(around)}<img alt="{escape(alt)}" src="{ONE}">{escape(around)}')
    shown = with_copies(html, {ONE: COPY}, "")
    assert shown.count("<") == html.count("<")
    assert body(shown.replace(HREF, f"https://x.example/{HREF}")).count("<") == html.count("<")


def site(edition: Edition) -> dict[str, Page]:
    return {page.path: page for page in render_site(edition, load_theme(edition.paper))}


def test_pages_change_when_a_copy_arrives_late_and_only_those_that_show_it(
    edition: Callable[..., Edition], post: Callable[..., Post], feed: Callable[..., Feed]
) -> None:
    outlet = feed(section=("a",))
    shown = post(outlet, "1", html=body(f'<img src="{ONE}">'), image=Image(url=ONE), summary="s")
    before = edition([outlet], [shown, post(outlet, "2")])
    before.shelf.kept[ONE] = COPY  # type: ignore[attr-defined]
    after = replace(before, refs=[replace(ref, pictures=7 if ref.id == shown.id else 0) for ref in before.refs])
    old, new = site(before), site(after)
    changed = {path for path in new if new[path].digest != old[path].digest}
    assert changed == {
        f"p/{shown.id}/index.html",
        "index.html",
        "feed.atom",
        "feed.json",
        "a/feed.atom",
        "a/feed.json",
    }
    assert f'src="../../{HREF}.jpg"'.encode() in new[f"p/{shown.id}/index.html"].render()
    assert f'src="{HREF}.jpg"'.encode() in new["index.html"].render()
    for name in ("feed.atom", "a/feed.json"):
        assert f"{before.paper.address}{HREF}.jpg".encode() in new[name].render()
    assert all(ONE.encode() not in new[path].render() for path in changed)
