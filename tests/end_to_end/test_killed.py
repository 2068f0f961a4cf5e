"""Killed at any moment, a process leaves a sound store and a whole site; the next one completes both."""

import random
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.end_to_end.conftest import PATIENCE, Press
from tests.end_to_end.faults import Faults
from tests.imaging.pictures import picture
from tests.pipeline.outlet import Outlet, rss

from broadsheet.store import open_store

WELL = 12
HELD = 4
PICTURES = 40


@pytest.fixture
def own_faults() -> Iterator[Faults]:
    server = Faults()
    yield server
    server.close()


def until(true: Callable[[], bool], seconds: float = PATIENCE / 2) -> None:
    """Wait for something to happen."""
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it did not happen in time"
        time.sleep(0.01)


def posts(press: Press) -> list[str]:
    with open_store(str(press.folder / "broadsheet.db")) as store:
        return [ref.id for ref in store.refs()]


def kill(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()


def test_a_killed_update_is_completed_by_the_next_and_nothing_is_there_twice(
    press: Press, own_faults: Faults
) -> None:
    own_faults.hold.clear()
    press.follow(
        [f"{own_faults.address}/well{number}" for number in range(WELL)]
        + [f"{own_faults.address}/held{number}" for number in range(HELD)]
    )
    update = press.start("update")
    until(lambda: len(posts(press)) >= WELL)
    kill(update)
    kept = posts(press)
    own_faults.hold.set()
    assert press.run("doctor").out.splitlines()[0].endswith("sound")
    before = len(own_faults.asked)
    done = press.run("update", "--json")
    assert (done.code, done.json["failed"]) == (0, [])
    assert len(posts(press)) == len(set(posts(press))) == 2 * (WELL + HELD)
    assert set(kept) < set(posts(press))
    asked_again = own_faults.asked[before:]
    assert len(asked_again) == WELL + HELD - len(kept) // 2  # those that were stored are not asked once more
    assert done.json["new"] == 2 * (WELL + HELD) - len(kept)
    assert press.run("doctor").out.splitlines()[0].endswith("sound")


def whole(site: Path) -> bool:
    """Whether every page that the front page links to is there."""
    front = (site / "index.html").read_text("utf-8")
    links = [part.partition('"')[0] for part in front.split('href="')[1:]]
    posts = {link for link in links if "/p/" in link}
    return front.rstrip().endswith("</html>") and all(
        (site / ("p/" + link.partition("/p/")[2]) / "index.html").is_file() for link in posts
    )


def test_a_killed_build_leaves_the_site_whole_and_is_completed_by_the_next(press: Press, faults: Faults) -> None:
    press.follow([f"{faults.address}/well{number}" for number in range(WELL)])
    press.run("update")
    assert press.run("build").code == 0
    site = press.folder / "site"
    first = (site / "index.html").read_bytes()
    press.follow([f"{faults.address}/well{number}" for number in range(WELL, 2 * WELL)])
    press.run("update")
    chance = random.Random(7)
    for _ in range(4):
        build = press.start("build")
        time.sleep(0.1 + chance.random() * 0.3)
        kill(build)
        assert whole(site)
    done = press.run("build", "--json")
    assert done.code == 0
    assert whole(site)
    assert (site / "index.html").read_bytes() != first
    assert len(list((site / "p").iterdir())) == len(posts(press)) == 4 * WELL
    assert press.run("build", "--json").json["written"] <= 1


def test_the_site_is_whole_at_every_moment_of_a_build(press: Press, faults: Faults) -> None:
    press.follow([f"{faults.address}/well{number}" for number in range(WELL)])
    assert press.run("build").code == 0
    press.run("update")
    site = press.folder / "site"
    build = press.start("build")
    looks = 0
    while build.poll() is None:
        assert whole(site)
        looks += 1
    assert looks > 1
    assert whole(site)


@pytest.fixture
def gallery() -> Iterator[Outlet]:
    """A feed of one post that shows many pictures."""
    server = Outlet()
    for number in range(PICTURES):
        server.put(f"/{number}.png", picture("png", size=(400 + number, 300)), "image/png")
    shown = "".join(f'<p>图</p><img src="{server.address}/{number}.png">' for number in range(PICTURES))
    server.put("/feed", rss(("甲车企公告", shown)))
    yield server
    server.close()


def test_images_whose_keeping_is_killed_are_kept_by_the_next_run_and_none_is_there_twice(
    press: Press, gallery: Outlet
) -> None:
    press.follow([f"{gallery.address}/feed"])
    assert press.run("update").code == 0
    for number in (1, PICTURES // 2):
        images = press.start("images")
        until(lambda number=number: kept(press) >= number)  # type: ignore[misc]
        kill(images)
        assert press.run("doctor").out.splitlines()[0].endswith("sound")
    done = press.run("images", "--json")
    assert (done.code, done.json["images"]) == (0, {"kept": PICTURES, "waiting": 0, "given_up": 0})
    assert press.run("doctor").out.splitlines()[0].endswith("sound")
    before = len(gallery.asked)
    assert press.run("images").code == 0
    assert len(gallery.asked) == before <= PICTURES + 1 + 2 * 2
    assert press.run("build").code == 0
    assert len(list((press.folder / "site" / "img").rglob("*.png"))) == PICTURES


def kept(press: Press) -> int:
    with open_store(str(press.folder / "broadsheet.db")) as store:
        return store.images.by_standing()["kept"]
