"""Copies of images: asked for once, two at a time, outside the polls; what does not come costs no post anything."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.imaging.pictures import exif, picture, png_of
from tests.pipeline.outlet import Clock, Outlet, follow_all, rss

from broadsheet.errors import StoreError
from broadsheet.model import ImageBounds, Paper
from broadsheet.pipeline.build import build
from broadsheet.pipeline.images import archive_images, list_images
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.report import ImagesReport
from broadsheet.pipeline.update import update
from broadsheet.store import Archive, Store
from broadsheet.store.images import Images

BOUNDS = ImageBounds(max_bytes=200_000)
Keep = Callable[..., ImagesReport]


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "images")


@pytest.fixture
def keep(store: Store, archive: Archive, means: Means) -> Keep:
    def run(bounds: ImageBounds = BOUNDS, **given: object) -> ImagesReport:
        return archive_images(store, archive, means, bounds, **given)  # type: ignore[arg-type]

    return run


def shown(outlet: Outlet, store: Store, means: Means, *paths: str) -> None:
    """Publish a post that shows these pictures, and poll it."""
    images = "".join(f'<p>文字。</p><img src="{outlet.address}{path}">' for path in paths)
    follow_all(store, outlet.put("/feed", rss(("甲车企公告", images))))
    assert update(store, means).new == 1


def asked(outlet: Outlet) -> list[str]:
    return sorted(path for path, _ in outlet.asked if path != "/feed")


def test_what_posts_show_is_kept_and_nothing_is_asked_for_twice(
    outlet: Outlet, store: Store, means: Means, keep: Keep, archive: Archive, clock: Clock
) -> None:
    outlet.put("/a.jpg", picture("jpg", exif=exif()), "text/plain")
    outlet.put("/b.png", picture("png"), "image/svg+xml")
    shown(outlet, store, means, "/a.jpg", "/b.png", "/a.jpg")
    report = keep()
    assert (report.due, report.kept, report.failed, report.left) == (2, 2, (), 0)
    assert asked(outlet) == ["/a.jpg", "/b.png"]
    copies = store.images.copies([outlet.address + "/a.jpg", outlet.address + "/b.png"])
    assert {copy.kind for copy in copies.values()} == {"jpg", "png"}
    assert sum(archive.path(copy).stat().st_size for copy in copies.values()) == report.bytes_kept
    clock.forward(days=100)
    assert keep() == ImagesReport()
    assert asked(outlet) == ["/a.jpg", "/b.png"]


def test_a_poll_itself_asks_for_no_image(outlet: Outlet, store: Store, means: Means) -> None:
    outlet.put("/a.jpg", picture("jpg"))
    shown(outlet, store, means, "/a.jpg")
    assert asked(outlet) == []


HOSTILE = {
    "vector-image": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    "not-an-image": b"<!doctype html><title>login</title>",
    "too-large": png_of(100_000, 100_000),
    "damaged": picture("jpg", size=(300, 200))[:900],
}


@pytest.mark.parametrize("reason", HOSTILE)
def test_a_hostile_image_is_refused_and_the_post_stands(
    reason: str, outlet: Outlet, store: Store, means: Means, keep: Keep, tmp_path: Path, clock: Clock
) -> None:
    outlet.put("/x.png", HOSTILE[reason], "image/png")
    outlet.put("/good.png", picture("png"))
    shown(outlet, store, means, "/x.png", "/good.png")
    report = keep()
    assert [failed.failure.reason for failed in report.failed] == [reason]
    assert report.kept == 1
    build(store, Paper(title="样张"), tmp_path / "site", clock(), archive=Archive(tmp_path / "images"))
    page = next((tmp_path / "site" / "p").glob("*/index.html")).read_text("utf-8")
    (original,) = (tag for tag in page.split("<img ") if f'src="{outlet.address}/x.png"' in tag)
    assert 'referrerpolicy="no-referrer"' in original.partition(">")[0]
    assert f'src="{outlet.address}/good.png"' not in page
    assert 'src="../../img/' in page


def test_more_bytes_than_allowed_and_private_hosts_are_refused(
    outlet: Outlet, store: Store, means: Means, keep: Keep
) -> None:
    outlet.put("/big.png", bytes(BOUNDS.max_bytes + 1))
    outlet.redirects["/inside.png"] = (302, "http://10.0.0.1/x.png")
    shown(outlet, store, means, "/big.png", "/inside.png", "/none.png")
    reasons = {failed.address.rpartition("/")[2]: failed.failure.reason for failed in keep().failed}
    assert reasons == {"big.png": "too-large", "inside.png": "blocked-address", "none.png": "http-status"}


def test_an_image_that_is_not_there_is_asked_for_ever_more_rarely_and_then_no_more(
    outlet: Outlet, store: Store, means: Means, keep: Keep, clock: Clock
) -> None:
    shown(outlet, store, means, "/none.png")
    for hours, tries in ((0, 1), (0.5, 1), (1, 2), (2, 2), (3, 3), (10_000, 3)):
        clock.forward(hours=hours)
        keep()
        assert len(asked(outlet)) == tries
    assert store.images.by_standing() == {"kept": 0, "waiting": 0, "given_up": 1}
    outlet.put("/none.png", picture("png"))
    store.images.retry(clock())
    assert keep().kept == 1


def test_an_image_that_comes_late_is_shown_by_the_pages_that_lacked_it(
    outlet: Outlet, store: Store, means: Means, keep: Keep, tmp_path: Path, clock: Clock, archive: Archive
) -> None:
    shown(outlet, store, means, "/late.png")
    keep()

    def published() -> tuple[int, str]:
        report = build(store, Paper(title="样张"), tmp_path / "site", clock(), archive=archive)
        return report.written, next((tmp_path / "site" / "p").glob("*/index.html")).read_text("utf-8")

    assert f"{outlet.address}/late.png" in published()[1]
    assert published()[0] == 0
    outlet.put("/late.png", picture("png"))
    clock.forward(hours=1)
    assert keep().kept == 1
    written, page = published()
    assert 0 < written < 12
    assert outlet.address not in page.replace(f"{outlet.address}/feed", "")
    name = page.partition("../../img/")[2].partition('"')[0]
    assert (tmp_path / "site" / "img" / name).read_bytes() == picture("png")
    assert published()[0] == 0


def test_no_more_than_two_are_worked_on_at_a_time(
    store: Store, means: Means, keep: Keep, outlet: Outlet, monkeypatch: pytest.MonkeyPatch
) -> None:
    from broadsheet.pipeline import images

    open_now, most = 0, 0
    lock = threading.Lock()
    original = images._Run._ask

    async def counted(self: images._Run, *given: object) -> None:
        nonlocal open_now, most
        with lock:
            open_now += 1
            most = max(most, open_now)
        try:
            await original(self, *given)  # type: ignore[arg-type]
        finally:
            open_now -= 1

    monkeypatch.setattr(images._Run, "_ask", counted)
    paths = [
        outlet.put(f"/{n}.png", picture("png", size=(30 + n, 30))).removeprefix(outlet.address) for n in range(12)
    ]
    shown(outlet, store, means, *paths)
    assert keep().kept == 12
    assert most == 2


def test_no_image_is_begun_when_the_time_is_over(
    outlet: Outlet, store: Store, means: Means, keep: Keep, clock: Clock
) -> None:
    outlet.put("/a.png", picture("png"))
    shown(outlet, store, means, "/a.png")
    assert keep(until=clock()) == ImagesReport()  # nor is a post looked through
    list_images(store, means)
    report = keep(until=clock())
    assert (report.due, report.left, asked(outlet)) == (1, 1, [])
    assert keep().kept == 1


def test_a_host_that_does_not_answer_is_left_alone_after_three(
    store: Store, means: Means, keep: Keep, outlet: Outlet, free_port: int
) -> None:
    dead = "".join(f'<img src="http://127.0.0.1:{free_port}/{n}.png">' for n in range(9))
    follow_all(store, outlet.put("/feed", rss(("甲车企公告", f"<p>文</p>{dead}"))))
    update(store, means)
    report = keep()
    assert {failed.failure.reason for failed in report.failed} == {"refused"}
    assert 3 <= len(report.failed) <= 4
    assert report.left == 9 - len(report.failed)


def test_a_host_that_asks_for_fewer_requests_is_held(
    outlet: Outlet, store: Store, means: Means, keep: Keep, clock: Clock
) -> None:
    for number in range(6):
        outlet.put(f"/{number}.png", b"", status=429)
    shown(outlet, store, means, *(f"/{number}.png" for number in range(6)))
    report = keep()
    assert len(report.failed) <= 2
    assert report.left >= 4
    clock.forward(minutes=30)
    before = len(asked(outlet))
    assert (keep().left, len(asked(outlet))) == (report.left, before)


def test_a_run_killed_between_file_and_row_is_completed_without_a_second_file(
    outlet: Outlet, store: Store, means: Means, keep: Keep, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    outlet.put("/a.png", picture("png"))
    shown(outlet, store, means, "/a.png")

    def die(*_: object) -> bool:
        raise StoreError("paper.db", "killed")

    with monkeypatch.context() as patched:
        patched.setattr(Images, "keep", die)
        with pytest.raises(StoreError, match="killed"):
            keep()
    files = list(archive.folder.rglob("*.png"))
    assert len(files) == 1
    assert keep().kept == 1
    assert list(archive.folder.rglob("*.png")) == files


def test_a_dead_host_costs_the_others_no_turn(
    store: Store, means: Means, keep: Keep, outlet: Outlet, free_port: int
) -> None:
    outlet.put("/good.png", picture("png"))
    dead = "".join(f'<img src="http://localhost:{free_port}/{n}.png">' for n in range(50))
    body = f'<p>文</p>{dead}<img src="{outlet.address}/good.png">'
    follow_all(store, outlet.put("/feed", rss(("甲车企公告", body))))
    update(store, means)
    report = keep()
    assert report.kept == 1
    assert 3 <= len(report.failed) <= 4


def test_two_runs_at_a_time_are_refused(keep: Keep, archive: Archive) -> None:
    with archive.claim(), pytest.raises(StoreError, match="another process"):
        keep()


def test_variants_are_made_where_they_are_asked_for(
    outlet: Outlet, store: Store, means: Means, keep: Keep, archive: Archive
) -> None:
    outlet.put("/a.png", picture("png", size=(300, 200)))
    shown(outlet, store, means, "/a.png")
    keep(ImageBounds(formats=("webp", "avif")))
    copy = store.images.copies([f"{outlet.address}/a.png"])[f"{outlet.address}/a.png"]
    assert set(copy.variants) == {"webp", "avif"}
    assert all(archive.path(copy, kind).is_file() for kind in copy.variants)


def test_variants_that_are_asked_for_later_are_made_of_what_is_kept(
    outlet: Outlet, store: Store, means: Means, keep: Keep, archive: Archive, tmp_path: Path, clock: Clock
) -> None:
    outlet.put("/a.png", picture("png", size=(400, 300)))
    outlet.put("/tiny.gif", picture("gif", size=(2, 2)))
    shown(outlet, store, means, "/a.png", "/tiny.gif")
    keep()
    build(store, Paper(title="样张"), tmp_path / "site", clock(), archive=archive)
    before = len(outlet.asked)
    bounds = ImageBounds(formats=("webp",))
    assert keep(bounds).varied == 1
    assert keep(bounds) == ImagesReport()
    assert len(outlet.asked) == before
    build(store, Paper(title="样张"), tmp_path / "site", clock(), archive=archive)
    page = next((tmp_path / "site" / "p").glob("*/index.html")).read_text("utf-8")
    name = page.partition('<source type="image/webp" srcset="../../')[2].partition('"')[0]
    assert (tmp_path / "site" / name).read_bytes()[8:12] == b"WEBP"
    assert store.sizes()["images"] == sum(file.stat().st_size for file in archive.folder.glob("*/*"))


def test_progress_grows(outlet: Outlet, store: Store, means: Means, keep: Keep) -> None:
    outlet.put("/a.png", picture("png"))
    shown(outlet, store, means, "/a.png", "/none.png")
    told: list[ImagesReport] = []
    keep(progress=told.append)
    assert [one.kept + len(one.failed) for one in told] == [1, 2]


def test_looking_through_posts_costs_little(store: Store, means: Means, keep: Keep, outlet: Outlet) -> None:
    follow_all(store, outlet.put("/feed", rss(("甲车企公告", "没有图片"))))
    update(store, means)
    started = time.monotonic()
    assert keep() == ImagesReport()
    assert time.monotonic() - started < 1
