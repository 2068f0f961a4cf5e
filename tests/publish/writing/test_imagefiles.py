"""The archive's files in the site: shared, each once, and whole after any accident."""

from functools import partial
from pathlib import Path

import pytest

from broadsheet.model import ImageCopy, NewCopies, Page
from broadsheet.publish import ImageFiles, write_site
from broadsheet.publish.addresses import name_segments


class Shelf:
    """An archive in a folder whose marks are numbers; `asked` are the marks that were shown."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.copies: list[ImageCopy] = []
        self.asked: list[str] = []
        self.files = ImageFiles(folder=folder, since=self.since)

    def add(self, letter: str, *variants: str) -> ImageCopy:
        copy = ImageCopy(hash=letter * 64, kind="png", width=1, height=1, size=1, phash="0" * 16, variants=variants)
        for kind in ("png", *variants):
            file = self.folder / copy.path(kind)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(letter + kind)
        self.copies.append(copy)
        return copy

    def since(self, mark: str) -> NewCopies:
        self.asked.append(mark)
        known = int(mark or 0)
        return NewCopies(copies=tuple(self.copies[known:]), mark=str(len(self.copies)))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "images")


def page(text: str) -> list[Page]:
    return [Page(path="index.html", digest=text, render=partial(str.encode, text))]


def held(site: Path) -> set[str]:
    return {file.relative_to(site).as_posix() for file in (site / "img").rglob("*") if file.is_file()}


def test_files_are_shared_and_not_copied(tmp_path: Path, shelf: Shelf) -> None:
    copy = shelf.add("a", "webp")
    write_site(page("1"), tmp_path / "site", shelf.files)
    assert held(tmp_path / "site") == {f"img/{copy.path()}", f"img/{copy.path('webp')}"}
    assert (tmp_path / "site/img" / copy.path()).samefile(shelf.folder / copy.path())


def test_only_new_files_are_asked_for_by_either_tree(tmp_path: Path, shelf: Shelf) -> None:
    shelf.add("a")
    write_site(page("1"), tmp_path / "site", shelf.files)
    assert shelf.asked == ["", ""]
    shelf.add("b")
    write_site(page("2"), tmp_path / "site", shelf.files)
    write_site(page("3"), tmp_path / "site", shelf.files)
    assert shelf.asked[2:] == ["1", "1", "2", "2"]
    assert len(held(tmp_path / "site")) == 2


def test_a_site_with_nothing_new_asks_for_nothing(tmp_path: Path, shelf: Shelf) -> None:
    write_site(page("1"), tmp_path / "site", shelf.files)
    before = len(shelf.asked)
    write_site(page("1"), tmp_path / "site", shelf.files)
    assert len(shelf.asked) == before


def test_a_tree_that_nobody_knows_gets_everything_again(tmp_path: Path, shelf: Shelf) -> None:
    shelf.add("a")
    for number in range(3):
        write_site(page(str(number)), tmp_path / "site", shelf.files)
    for manifest in (tmp_path / ".site.formes").glob("*.manifest"):
        manifest.unlink()
    shelf.add("b")
    write_site(page("9"), tmp_path / "site", shelf.files)
    assert len(held(tmp_path / "site")) == 2


def test_a_file_that_the_archive_lost_is_left_out(tmp_path: Path, shelf: Shelf) -> None:
    lost, kept = shelf.add("a"), shelf.add("b")
    (shelf.folder / lost.path()).unlink()
    write_site(page("1"), tmp_path / "site", shelf.files)
    assert held(tmp_path / "site") == {f"img/{kept.path()}"}


def test_an_archive_that_is_brought_back_is_shown_by_the_next_build(tmp_path: Path, shelf: Shelf) -> None:
    shelf.add("a", "webp")
    shelf.folder.rename(tmp_path / "elsewhere")
    for number in range(2):
        write_site(page(str(number)), tmp_path / "site", shelf.files)
    assert held(tmp_path / "site") == set()
    (tmp_path / "elsewhere").rename(shelf.folder)
    for number in range(2, 4):
        write_site(page(str(number)), tmp_path / "site", shelf.files)
        assert len(held(tmp_path / "site")) == 2
    assert shelf.asked[-1] == "1"


def test_a_build_that_dies_after_the_files_is_completed_by_the_next(tmp_path: Path, shelf: Shelf) -> None:
    write_site(page("1"), tmp_path / "site", shelf.files)
    shelf.add("a")

    def die() -> bytes:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_site([Page(path="index.html", digest="2", render=die)], tmp_path / "site", shelf.files)
    assert not (tmp_path / "site" / "img").exists()
    shelf.add("b")
    write_site(page("3"), tmp_path / "site", shelf.files)
    write_site(page("4"), tmp_path / "site", shelf.files)
    assert len(held(tmp_path / "site")) == 2


def test_a_section_called_img_does_not_meet_the_images() -> None:
    assert name_segments(["img"], top=True)["img"] != "img"


def test_a_file_in_the_place_of_the_archive_costs_only_its_copies(tmp_path: Path, shelf: Shelf) -> None:
    copy = shelf.add("a")
    shelf.folder.rename(tmp_path / "elsewhere")
    shelf.folder.write_bytes(b"")
    write_site(page("1"), tmp_path / "site", shelf.files)
    assert not (tmp_path / "site/img" / copy.path()).exists()
    assert (tmp_path / "site/index.html").is_file()
