"""The sample paper, file by file, as it is published. BROADSHEET_GOLDEN=write writes the golden files anew."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from broadsheet.model import Edition, Paper
from broadsheet.publish import load_theme, render_site, write_site

GOLDEN = Path(__file__).with_name("golden") / "site"
# The stylesheet and the script are golden themselves; a change to one shall not change every page here.
HASHED = re.compile(rb"(static/[a-z]+)-[0-9a-f]{10}\.")


def published(edition: Edition) -> dict[str, bytes]:
    pages = render_site(edition, load_theme(edition.paper))
    return {page.path: HASHED.sub(rb"\1.", page.render()) for page in pages if not page.path.startswith("static/")}


def kept() -> dict[str, bytes]:
    return {file.relative_to(GOLDEN).as_posix(): file.read_bytes() for file in GOLDEN.rglob("*") if file.is_file()}


def test_the_sample_paper_is_published_as_it_always_was(sample: Callable[..., Edition]) -> None:
    files = published(sample(paper=Paper(title="对开", subtitle="谁说了什么", address="https://paper.example/")))
    if os.environ.get("BROADSHEET_GOLDEN") == "write":
        for path in kept().keys() - files.keys():
            (GOLDEN / path).unlink()
        for path, content in files.items():
            (GOLDEN / path).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / path).write_bytes(content)
    golden = kept()
    assert set(files) == set(golden)
    for path, content in files.items():
        assert content.decode() == golden[path].decode(), path


def test_two_runs_give_identical_bytes(sample: Callable[..., Edition]) -> None:
    assert published(sample()) == published(sample())


def test_equal_digests_mean_equal_bytes_when_one_post_changes(
    sample: Callable[..., Edition], edition: Callable[..., Edition]
) -> None:
    before = sample()
    posts = list(before.shelf.posts.values())  # type: ignore[attr-defined]
    after = edition(list(before.feeds.values()), posts[1:])
    old, new = ({page.path: page for page in render_site(made, load_theme(made.paper))} for made in (before, after))
    same = [path for path in old.keys() & new.keys() if old[path].digest == new[path].digest]
    assert len(same) > 10
    for path in same:
        assert old[path].render() == new[path].render(), path


@pytest.mark.parametrize("field", ["title", "language", "zone", "address"])
def test_what_the_paper_is_called_is_part_of_every_page(sample: Callable[..., Edition], field: str) -> None:
    other = {"title": "T", "language": "en", "zone": "UTC", "address": "https://b.example/"}[field]
    made = [sample(), sample(paper=msgspec.structs.replace(Paper(title="对开"), **{field: other}))]
    old, new = ({page.path: page.digest for page in render_site(one, load_theme(one.paper))} for one in made)
    assert not [path for path in old.keys() & new.keys() if old[path] == new[path]]


def test_the_sample_paper_reaches_the_disk_and_stays(sample: Callable[..., Edition], tmp_path: Path) -> None:
    made = sample()
    first = write_site(render_site(made, load_theme(made.paper)), tmp_path / "site")
    again = write_site(render_site(made, load_theme(made.paper)), tmp_path / "site")
    assert (again.written, again.unchanged) == (0, first.written)
    assert (tmp_path / "site" / "汽车" / "新能源" / "index.html").is_file()
