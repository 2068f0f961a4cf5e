"""The index of a site: what it finds, which files change, what a question takes."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from random import Random

import pytest
from tests.publish.conftest import AT, make_edition, make_feed, make_post
from tests.publish.search.indexreader import IndexReader

from broadsheet.model import Edition, Feed, Folding, Page, Paper, Post, PostRef
from broadsheet.publish import load_theme, render_site, write_site
from broadsheet.publish.search.forms import PAGES
from broadsheet.publish.search.pages import STEP, cut
from broadsheet.store import folding

PAPER = Paper(title="对开", search=True)
SYLLABLES = "小米汽车北蓝谷新能源公司电池工厂上市消息今天发布的在了与和"


def posts_of(feed: Feed, count: int) -> list[Post]:
    random = Random(7)
    return [
        make_post(
            feed,
            str(number),
            f"第{number}篇",
            text=f"第{number}篇\n{''.join(random.choices(SYLLABLES, k=60))}，SU{number % 9}。",
            published=AT - timedelta(minutes=number),
        )
        for number in range(count)
    ]


def edition_of(posts: list[Post], feed: Feed, paper: Paper = PAPER) -> Edition:
    return make_edition([feed], posts, paper=paper, folding=folding())


def index_of(pages: Iterable[Page]) -> dict[str, Page]:
    return {page.path.removeprefix("search/"): page for page in pages if page.path.startswith("search/")}


def planned(edition: Edition) -> dict[str, Page]:
    return index_of(render_site(edition, load_theme(edition.paper)))


@pytest.fixture(scope="module")
def posts() -> list[Post]:
    return posts_of(make_feed(), 700)


@pytest.fixture(scope="module")
def reader(posts: list[Post]) -> IndexReader:
    pages = planned(edition_of(posts, make_feed()))
    return IndexReader(lambda path: pages[path].render(), folding().fold)


def test_every_post_is_found_by_any_piece_of_its_text(posts: list[Post], reader: IndexReader) -> None:
    random = Random(1)
    for post in random.sample(posts, 60):
        body = post.text.partition("\n")[2].partition("，")[0]
        start = random.randrange(len(body) - 6)
        piece = body[start : start + random.randint(1, 6)]
        found = reader.find(piece)
        assert post.id in found, piece
        holding = {one.id for one in posts if piece in one.text}
        assert holding <= set(found), piece
        if len(piece) < 3:
            assert holding == set(found), piece


def test_newest_come_first(posts: list[Post], reader: IndexReader) -> None:
    assert reader.find("su3") == [post.id for post in posts if "SU3" in post.text]


def test_all_words_must_be_there(posts: list[Post], reader: IndexReader) -> None:
    found = reader.find("su4 小米")
    assert found == [post.id for post in posts if "SU4" in post.text and "小米" in post.text]
    assert reader.find("su4 zzz") == []
    assert reader.find("。！") == []


def test_a_paper_without_search_has_none_of_it(sample: Callable[..., Edition]) -> None:
    assert not planned(sample())
    without = sample(folding=folding(), paper=Paper(title="对开"))
    assert not planned(without)
    front = next(page for page in render_site(without, load_theme(without.paper)) if page.path == "index.html")
    assert b'role="search"' not in front.render()


def test_every_page_has_the_form(sample: Callable[..., Edition]) -> None:
    made = sample(folding=folding(), paper=PAPER)
    for page in render_site(made, load_theme(made.paper)):
        if page.path.endswith(".html"):
            assert page.render().count(b'role="search"') == 1, page.path


def test_an_empty_paper_has_an_index_of_nothing() -> None:
    pages = planned(make_edition([], [], paper=PAPER, folding=folding()))
    assert len(pages) == 2 + len(PAGES)
    assert IndexReader(lambda path: pages[path].render(), folding().fold).find("小米") == []


def test_one_new_post_changes_only_the_last_block(posts: list[Post]) -> None:
    feed = make_feed()
    new = make_post(feed, "new", "快讯", published=AT + timedelta(minutes=1))
    old, now = planned(edition_of(posts, feed)), planned(edition_of([new, *posts], feed))
    kept = [path for path in old.keys() & now.keys() if old[path].digest == now[path].digest]
    assert len(now) - len(kept) < 3 * STEP
    assert len(kept) > 400


def test_an_unchanged_paper_writes_nothing(posts: list[Post], tmp_path: object) -> None:
    feed = make_feed()
    made = edition_of(posts[:80], feed)
    write_site(render_site(made, load_theme(PAPER)), tmp_path / "site")  # type: ignore[operator]
    again = write_site(render_site(made, load_theme(PAPER)), tmp_path / "site")  # type: ignore[operator]
    assert again.written == 0


def test_the_outlets_name_and_the_way_of_reading_are_part_of_a_block(posts: list[Post]) -> None:
    feed = make_feed()
    renamed = make_feed(title="Another name")
    old, new = planned(edition_of(posts[:5], feed)), planned(edition_of(posts[:5], renamed))
    assert len(set(old) & set(new)) == 2 + len(PAGES)
    other = make_edition([feed], posts[:5], paper=PAPER, folding=Folding(digest="other", fold=str.lower))
    assert set(old) & set(planned(other)) == {"index.html", "index.json"}


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 127, 128, 700, 5000, 100_000])
def test_blocks_hold_every_post_once(count: int) -> None:
    refs = [PostRef(str(number), "f", AT, "") for number in range(count)]
    blocks = list(cut(refs))
    assert [ref for block in blocks for ref in block.refs] == refs
    assert len(blocks) <= 3
    assert all(block.shards >= 1 for block in blocks)


def test_the_first_block_stands_while_an_eighth_is_added() -> None:
    def first(count: int) -> int:
        return len(list(cut([PostRef("", "f", AT, "")] * count))[-1].refs)

    assert first(9000) == first(9100)
    assert all(count - first(count) <= count / 8 + 2 * STEP for count in range(STEP, 20_000, 77))
