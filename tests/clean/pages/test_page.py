"""A web page as a tree: bounds, what it lacks, what surrounds its article."""

from collections import Counter

import pytest

from broadsheet.clean.pages.page import MAX_ELEMENTS, WebPage, read_page

HERE = "https://paper.example/news/12.html"


def page(inside: str, head: str = "", address: str = HERE) -> WebPage:
    got = read_page(f"<html><head>{head}</head><body>{inside}</body></html>", address, Counter())
    assert got is not None
    return got


@pytest.mark.parametrize("markup", ["", "   ", "<!-- nothing -->"])
def test_nothing_is_no_page(markup: str) -> None:
    assert read_page(markup, HERE, Counter()) is None


def test_a_page_of_too_many_elements_is_not_read() -> None:
    assert read_page(f"<html><body>{'<b></b>' * MAX_ELEMENTS}</body></html>", HERE, Counter()) is None


@pytest.mark.parametrize(
    ("stated", "base"),
    [
        ("<base href='/deep/'>", "https://paper.example/deep/"),
        ("<base href='javascript:x'>", HERE),
        ("<base target='_top'>", HERE),
        ("", HERE),
    ],
)
def test_a_page_may_state_the_base_of_its_addresses(stated: str, base: str) -> None:
    assert page("一", stated).base == base


@pytest.mark.parametrize(
    "inside",
    [
        "开通会员后继续阅读全文",
        "本文剩余百分之八十二的内容为会员专享",
        "登录后阅读全文",
        "請先付費後閱讀全文",
        "Subscribe to continue reading",
        "To continue reading, please sign in",
        "You have reached your limit of free articles",
        "This article is only available to subscribers",
        """<script type="application/ld+json">{"isAccessibleForFree": false}</script>""",
        """<script type="application/ld+json">{"isAccessibleForFree":"False"}</script>""",
    ],
)
def test_a_page_that_readers_must_pay_for_is_not_the_whole_article(inside: str) -> None:
    assert page(f"<p>一</p><p>{inside}</p>").lack == "paywall"


@pytest.mark.parametrize(
    "inside",
    [
        "会员可以在网点阅读报纸",
        "Subscribe to our newsletter",
        """<script type="application/ld+json">{"isAccessibleForFree": true}</script>""",
    ],
)
def test_a_page_that_sells_something_else_is_whole(inside: str) -> None:
    assert page(f"<p>一</p><p>{inside}</p>").lack is None


@pytest.mark.parametrize(
    ("address", "link"),
    [
        (HERE, "12_2.html"),
        (HERE, "12-2.html"),
        (HERE, "/news/12/2"),
        (HERE, "/news/12/page/2/"),
        (HERE, "?page=2"),
        ("https://paper.example/a?id=7", "?id=7&p=2"),
        ("https://paper.example/a/", "/a/2/"),
    ],
)
def test_a_page_that_links_to_its_second_is_not_the_whole_article(address: str, link: str) -> None:
    assert page(f"<p>一</p><a href='{link}'>2</a>", address=address).lack == "several-pages"


@pytest.mark.parametrize(
    ("address", "link"),
    [
        (HERE, "122.html"),
        (HERE, "13.html"),
        (HERE, "12_3.html"),
        (HERE, "https://other.example/news/12_2.html"),
        (HERE, "http://[::1"),
        (HERE, "http://[::1/12_2.html"),
        (HERE, "?page=22"),
        ("https://paper.example/a?page=2", "?page=2"),
        ("https://paper.example/", "/2"),
        (HERE, "#comments"),
    ],
)
def test_another_article_is_not_its_second_page(address: str, link: str) -> None:
    assert page(f"<p>一</p><a href='{link}'>2</a><a>x</a>", address=address).lack is None


def test_hidden_boxes_and_furniture_are_taken_out() -> None:
    changes: Counter[str] = Counter()
    got = read_page(
        "<body><nav>菜单</nav><div hidden>一</div><div style='color:red; display : none'>二</div><p>文</p>尾"
        "<div role='navigation'>三</div><div class='Related x'>四</div><div id='comments'>五</div></body>",
        HERE,
        changes,
    )
    assert got is not None
    assert got.body.text_content() == "文尾"
    assert changes == {"page-furniture": 6}


def test_what_a_script_would_show_is_shown() -> None:
    assert "style" not in page("<div id='js_content' style='visibility: hidden'>文</div>").body[0].attrib


def test_pictures_are_repaired_before_the_article_is_looked_for() -> None:
    got = page(
        "<p>一</p><picture><source srcset='a.webp'><img src='data:image/gif;base64,R0' data-src='/b.jpg'></picture>"
    )
    assert [image.get("src") for image in got.body.iter("img")] == ["https://paper.example/b.jpg"]


def test_what_no_reader_sees_is_gone() -> None:
    got = page("<script>x()</script><style>p{}</style><template>t</template><!-- c --><?php x ?><p>文</p>")
    assert got.body.text_content() == "文"
