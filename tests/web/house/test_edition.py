"""The published site as the server reads it."""

from pathlib import Path

import pytest

from broadsheet.web.house.edition import CACHE_BYTES, LARGEST_CACHED, EditionFiles

PAGE = '<article data-post="20261127-0123456789"><a data-post="20261127-0123456789"><i data-post="x">'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    for path, text in {
        "index.html": PAGE,
        "p/one/index.html": "one",
        "static/app-0123456789.js": "js",
        "feed.atom": "<feed/>",
        "strange.bin": "\x01",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    return tmp_path


def test_a_folder_is_its_index_and_a_page_names_its_posts_once(site: Path) -> None:
    edition = EditionFiles(site)
    front = edition.find("")
    assert front is not None
    assert front.is_page
    assert front.posts == ("20261127-0123456789",)
    assert not front.lasts
    one = edition.find("p/one/")
    assert one is not None
    assert one.content == b"one"


def test_types_are_told_and_hashed_names_last(site: Path) -> None:
    edition = EditionFiles(site)
    found = {path: edition.find(path) for path in ("static/app-0123456789.js", "feed.atom", "strange.bin")}
    assert [file.type for file in found.values() if file] == [
        "text/javascript",
        "application/atom+xml; charset=utf-8",
        "application/octet-stream",
    ]
    assert [file.lasts for file in found.values() if file] == [True, False, False]


@pytest.mark.parametrize(
    "path", ["../secret", "p/../../secret", "./index.html", "p/one", "nothing", "a\0b", "p/" + "x" * 5000, "p//../x"]
)
def test_nothing_outside_the_site_is_found(site: Path, path: str) -> None:
    (site.parent / "secret").write_text("no", "utf-8")
    assert EditionFiles(site).find(path) is None


def test_a_page_without_its_slash_is_known_for_one(site: Path) -> None:
    edition = EditionFiles(site)
    assert edition.is_folder("p/one")
    assert not edition.is_folder("p/one/")
    assert not edition.is_folder("p/two")


def test_a_file_that_a_build_replaced_is_read_anew(site: Path) -> None:
    edition = EditionFiles(site)
    before = edition.find("feed.atom")
    assert edition.find("feed.atom") is before
    (site / "new").write_text("<feed>new</feed>", "utf-8")
    (site / "new").replace(site / "feed.atom")
    after = edition.find("feed.atom")
    assert after is not None
    assert after.content == b"<feed>new</feed>"


def test_memory_has_a_bound_and_large_files_are_not_kept(site: Path) -> None:
    (site / "large.bin").write_bytes(b"x" * (LARGEST_CACHED + 1))
    edition = EditionFiles(site)
    assert edition.find("large.bin") is not edition.find("large.bin")
    first = edition.find("feed.atom")
    for number in range(CACHE_BYTES // LARGEST_CACHED + 1):
        (site / f"{number}.bin").write_bytes(b"x" * LARGEST_CACHED)
        edition.find(f"{number}.bin")
    assert edition.find("feed.atom") is not first
