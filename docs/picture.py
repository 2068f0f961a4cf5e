"""Take the picture of the front page that the READMEs show: `./run python -m docs.picture` (needs Chromium)."""

import sys
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import sync_playwright

from broadsheet.demo.show import show
from broadsheet.pipeline.preview import preview

PICTURE = Path(__file__).parent / "img" / "front.png"
WIDTH, HEIGHT = 1440, 1180
CHROMIUM = "/usr/bin/chromium"


def take(picture: Path) -> None:
    """Make the sample paper, show it, and photograph its front page; `picture` is a PNG of 1440 x 1180 pixels."""
    with tempfile.TemporaryDirectory() as folder:
        shown = show(Path(folder) / "demo", 8080)
        with preview(Path(shown.site), 0) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                _photograph(f"http://127.0.0.1:{server.server_port}/", picture)
            finally:
                server.shutdown()
                thread.join()


def _photograph(address: str, picture: Path) -> None:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(address, wait_until="networkidle")
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    take(PICTURE)
    print(PICTURE, file=sys.stderr)
