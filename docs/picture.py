"""Take the pictures that the READMEs show, of the sample paper: `./run python -m docs.picture` (needs Chromium).

They are the front page, the dossier of a story, and what is unread in the live reader.
"""

import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from msgspec import Struct
from playwright.sync_api import sync_playwright

from broadsheet.config import Config, load
from broadsheet.demo.sample import MOMENTS
from broadsheet.demo.show import show
from broadsheet.pipeline.preview import preview
from broadsheet.store import open_store

FOLDER = Path(__file__).parent / "img"
WIDTH = 1440
CHROMIUM = "/usr/bin/chromium"
TRIES = 100
ALL_SEEN = """() => Promise.all([...document.images].filter(one => one.getBoundingClientRect().top < innerHeight)
  .map(one => one.decode())).then(() => true)"""
"""Pictures in sight are there and decoded; those below come when somebody looks."""


class Picture(Struct, frozen=True):
    """A picture to be taken: its file's name, the page's address, and how many pixels of its height."""

    name: str
    address: str
    height: int


def take(folder: Path) -> list[Path]:
    """Make the sample paper, show it both ways, and photograph it into `folder`: PNG, 1440 pixels wide."""
    with tempfile.TemporaryDirectory() as place:
        shown = show(Path(place) / "demo", 8080)
        config = load(Path(shown.folder), {})
        story = _marked(config)
        with _published(Path(shown.site)) as site, _live(config) as live:
            return _photograph(
                folder,
                Picture("front.png", f"{site}/", 1180),
                Picture("dossier.png", f"{site}/s/{story}/", 1180),
                Picture("reader.png", f"{live}/my/unread/", 900),
            )


def _marked(config: Config) -> str:
    """Read, star and note some posts, as a reader would; returns the story that most posts tell."""
    with open_store(config.store_url) as store:
        ids, now = [ref.id for ref in store.refs()], MOMENTS["evening"]
        store.reading.mark(ids[10:40], now, read=True)
        store.reading.mark(ids[1:3], now, starred=True)
        store.reading.tag(ids[1:2], add=["明天再看"])
        store.reading.note(ids[2], "问问当地的经销商。", now)
        return max(store.story_refs(), key=lambda ref: len(ref.posts)).id


@contextmanager
def _published(site: Path) -> Iterator[str]:
    """Serve the published files."""
    with preview(site, 0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def _live(config: Config) -> Iterator[str]:
    """Serve the paper live, as its own command does."""
    with preview(config.site_folder, 0) as free:
        port = free.server_port
    command = [sys.executable, "-m", "broadsheet", "--paper", str(config.folder), "serve", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(process, address)
        yield address
    finally:
        process.terminate()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", address: str) -> None:
    for _ in range(TRIES):
        try:
            urlopen(f"{address}/feed.atom", timeout=5).close()
        except URLError:
            if process.poll() is not None:
                raise
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{address} does not answer")


def _photograph(folder: Path, *pictures: Picture) -> list[Path]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for picture in pictures:
            page = browser.new_page(viewport={"width": WIDTH, "height": picture.height})
            page.goto(picture.address, wait_until="load")
            page.wait_for_function(ALL_SEEN)
            page.screenshot(path=folder / picture.name)
        browser.close()
    return [folder / picture.name for picture in pictures]


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for taken in take(FOLDER):
        print(taken, file=sys.stderr)
