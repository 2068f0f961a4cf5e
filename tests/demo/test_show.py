"""The demo, end to end: two editions of a whole paper without the internet."""

import json
import re
import shutil
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest

from broadsheet.demo.show import MARK, Shown, show
from broadsheet.errors import ConfigError
from broadsheet.store import open_store

ATOM = "{http://www.w3.org/2005/Atom}"
LINK = re.compile(r'(?:href|src)="([^"#?]+)')
PORT = 8080
OURS = re.compile(r'<span class="tally">.*?</span></span>|<div class="tools noprint">.*?</div>', re.DOTALL)
"""What we put into an article ourselves: the drawing of a story's reports, the switch of what was found."""

HOSTILE = re.compile(
    r"<(?:script|style|iframe|form|input|object|embed|base|svg)\b|\son\w+=|(?:javascript|data):", re.I
)


@pytest.fixture(scope="module")
def shown(demo: Shown) -> Shown:
    return demo


@pytest.fixture(scope="module")
def site(shown: Shown) -> Path:
    return Path(shown.site)


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_both_editions_are_polled_and_published(shown: Shown) -> None:
    morning, evening = shown.editions
    assert (morning.state, evening.state) == ("morning", "evening")
    assert (morning.polled.polled, len(morning.polled.failed), morning.polled.new) == (9, 1, 57)
    assert (evening.polled.new, evening.polled.edited) == (9, 1)
    assert evening.polled.not_modified + evening.polled.unchanged + evening.polled.changed == 8
    assert (morning.images.kept + evening.images.kept, morning.images.failed, evening.images.failed) == (8, (), ())
    assert (morning.articles.read, morning.articles.kept, evening.articles.due) == (2, 0, 0)
    assert 0 < evening.built.written < morning.built.written


def test_the_prices_of_the_day_are_kept(shown: Shown) -> None:
    with open_store(str(Path(shown.folder) / "broadsheet.db")) as store:
        assert len(store.prices.bars("1810.HK", date(2022, 8, 1), date(2022, 8, 26))) == 20


def test_no_page_asks_another_host_for_anything(site: Path) -> None:
    sources = re.compile(r'(?:src|srcset|poster)="([^"]*)"|<link rel="(?:icon|stylesheet)"[^>]* href="([^"]*)"')
    asked = {one or other for page in pages(site) for one, other in sources.findall(page.read_text("utf-8"))}
    assert len([address for address in asked if "img/" in address]) > 6
    assert [address for address in asked if "//" in address] == []


def test_every_picture_says_its_size(site: Path) -> None:
    pictures = [tag for page in pages(site) for tag in re.findall("<img [^>]*>", page.read_text("utf-8"))]
    assert len(pictures) > 10
    assert [tag for tag in pictures if 'width="1200" height="675"' not in tag] == []


def test_every_post_is_kept_and_the_edited_one_with_both_its_revisions(shown: Shown) -> None:
    assert sum(posts for _, posts in shown.feeds) == 66
    with open_store(str(Path(shown.folder) / "broadsheet.db")) as store:
        assert store.check() == []
        revised = [ref.id for ref in store.refs() if store.post(ref.id).revision == 2]
        assert [len(store.revisions(post)) for post in revised] == [2]


def test_articles_stand_in_place_of_summaries_and_nothing_of_what_surrounds_them(shown: Shown, site: Path) -> None:
    whole = [text for file in pages(site) if "全文取自原文网页" in (text := file.read_text("utf-8"))]
    assert len(whole) == 2
    assert any("drivers, asked on Thursday" in page and "The tram crosses the river here" in page for page in whole)
    assert any("<td>340 million euros</td>" in page for page in whole)
    for page in whole:
        assert not any(words in page for words in ("Winter tyres", "Most read", "thirty years", "Print edition"))
    with open_store(str(Path(shown.folder) / "broadsheet.db")) as store:
        kept = [store.post(ref.id) for ref in store.refs()]
        articles = [post for post in kept if post.page]
        said = [store.versions(post.id)[-1].text or "" for post in articles]
    assert all(len(text) < len(post.text) for text, post in zip(said, articles, strict=True))


def test_the_page_of_the_edited_post_shows_its_silent_edit_word_by_word(site: Path) -> None:
    (page,) = (text for file in (site / "p").rglob("*.html") if 'class="diff"' in (text := file.read_text("utf-8")))
    assert "静默修改：订阅源未说明" in page
    assert '<p class="title">小米<del>将</del><ins>被指</ins>与北汽' in page
    assert "<del>涨超35%</del><ins>最高涨25%</ins>" in page
    assert "3 段未变" in page


def test_the_front_page_sections_posts_and_feeds_out_exist(shown: Shown, site: Path) -> None:
    for path in ("index.html", "feed.atom", "feed.json", "sitemap.xml", "feeds/index.html", "404.html", "robots.txt"):
        assert (site / path).is_file(), path
    for feed, posts in shown.feeds:
        if posts:
            section = site.joinpath(*(part.replace(" ", "-") for part in feed.section))
            assert (section / "index.html").is_file()
            assert (section / "feed.atom").is_file()
    assert len(list((site / "p").iterdir())) == 66


@pytest.mark.no_cover  # the parser's own steps are all that would be traced
def test_every_page_is_valid_html(site: Path) -> None:
    parser = html5lib.HTMLParser(strict=False)
    faults = {}
    for page in pages(site):
        parser.parse(page.read_bytes(), transport_encoding="utf-8")
        if parser.errors:
            faults[page.relative_to(site).as_posix()] = [error[1] for error in parser.errors]
    assert faults == {}


def test_every_link_inside_the_site_leads_somewhere(site: Path) -> None:
    missing = set()
    for page in pages(site):
        base = f"http://127.0.0.1:{PORT}/{page.relative_to(site).as_posix()}"
        for link in LINK.findall(page.read_text("utf-8")):
            if target := inside(link, base):
                file = site / target
                if not (file.is_file() or (file / "index.html").is_file()):
                    missing.add(f"{page.relative_to(site)}: {link}")
    assert missing == set()


def inside(link: str, base: str) -> str | None:
    """The path of a link inside the site; None where it leads out."""
    parts = urlsplit(urljoin(base, link))
    return unquote(parts.path).strip("/") or "index.html" if parts.netloc == f"127.0.0.1:{PORT}" else None


def test_nothing_hostile_gets_out(site: Path) -> None:
    for page in (site / "p").rglob("*.html"):
        article = page.read_text("utf-8").partition('<article class="post"')[2].partition("</article>")[0]
        assert article
        article = OURS.sub("", article)
        assert not HOSTILE.search(article), page
    assert not any("alert(" in page.read_text("utf-8") for page in pages(site))


def test_the_feeds_out_are_valid_and_point_into_the_site(site: Path) -> None:
    feeds = sorted(site.rglob("feed.atom"))
    assert len(feeds) > 8
    for file in feeds:
        root = ElementTree.fromstring(file.read_bytes())
        assert root.tag == f"{ATOM}feed"
        entries = root.findall(f"{ATOM}entry")
        for element in [root, *entries]:
            assert all(element.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated")), file
        assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
    for file in site.rglob("feed.json"):
        document = json.loads(file.read_bytes())
        assert document["version"] == "https://jsonfeed.org/version/1.1"
        assert document["title"]
        assert all(isinstance(item["id"], str) for item in document["items"])


def test_the_sitemaps_name_pages_that_exist(site: Path) -> None:
    locations = [
        element.text or ""
        for file in site.glob("sitemap-*.xml")
        for element in ElementTree.fromstring(file.read_bytes()).iter(
            "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
        )
    ]
    assert len(locations) > 66
    for location in locations:
        assert (site / (inside(location, location) or "") / "index.html").is_file() or location.count("/") == 3


@pytest.mark.no_cover  # the fixture covers what runs here once more
def test_the_next_run_in_the_same_folder_makes_the_same_paper(shown: Shown, tmp_path: Path) -> None:
    shutil.copytree(shown.folder, tmp_path / "paper", symlinks=True)
    (tmp_path / "paper" / "scribble").touch()
    again = show(tmp_path / "paper", PORT)
    assert [edition.polled.new for edition in again.editions] == [57, 9]
    assert not (tmp_path / "paper" / "scribble").exists()
    assert addresses(again) == addresses(shown)


def addresses(made: Shown) -> list[str]:
    """The posts' addresses, which no port or run may change."""
    return sorted(folder.name for folder in (Path(made.site) / "p").iterdir())


def test_an_empty_folder_may_be_used(shown: Shown) -> None:
    assert (Path(shown.folder) / MARK).exists()


def test_a_folder_of_somebody_elses_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").write_text("dear", "utf-8")
    with pytest.raises(ConfigError, match="name another folder with --out"):
        show(tmp_path, PORT)
    assert [file.name for file in tmp_path.iterdir()] == ["letters"]


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="file: cannot be used: Not a directory"):
        show(tmp_path / "file", PORT)


@pytest.mark.needs("postgres")
def test_the_demo_is_the_same_on_postgresql_and_leaves_other_papers_alone(
    shown: Shown, site: Path, tmp_path: Path, nowhere: str
) -> None:
    here = show(tmp_path / "paper", PORT, nowhere)
    assert [edition.built.written for edition in here.editions] == [
        edition.built.written for edition in shown.editions
    ]
    assert sorted(page.relative_to(here.site) for page in pages(Path(here.site))) == [
        page.relative_to(site) for page in pages(site)
    ]
    with open_store(nowhere) as store:
        assert len(store.search("小米", limit=100)) > 5
        store._engine.script("DELETE FROM meta")
    with pytest.raises(ConfigError, match="holds a paper that is no demo"):
        show(tmp_path / "other", PORT, nowhere)
    with pytest.raises(ConfigError, match="is not on PostgreSQL"):
        show(tmp_path / "other", PORT, "other.db")
