"""The same posts as a Hugo site: post pages, section lists, a day archive, feeds per section."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

from bench.feeds import FeedFile, Item

SITE = Path(__file__).with_name("hugo")


def version() -> str | None:
    """The installed Hugo's version; None where there is none."""
    program = shutil.which("hugo")
    if program is None:
        return None
    return subprocess.run([program, "version"], capture_output=True, text=True, check=True).stdout.split()[1]


def write_site(folder: Path, feeds: Iterable[FeedFile]) -> int:
    """Write templates and one content file a post; returns the posts."""
    shutil.copytree(SITE, folder, dirs_exist_ok=True)
    (folder / "content" / "p").mkdir(parents=True, exist_ok=True)
    (folder / "static").mkdir(exist_ok=True)
    (folder / "static" / "style.css").write_text("body{max-width:60em;margin:auto}\n", "utf-8")
    return sum(_write_post(folder, feed, item) for feed in feeds for item in feed.items)


def command(folder: Path) -> list[str]:
    """What builds the site."""
    return ["hugo", "--quiet", "--source", str(folder), "--destination", str(folder / "public")]


def _write_post(folder: Path, feed: FeedFile, item: Item) -> int:
    name = item.id.rpartition(":")[2]
    front = {
        "title": item.title,
        "date": item.published.isoformat(),
        "url": f"/p/{name}/",
        "summary": item.summary,
        "author": item.author,
        "outlet": feed.title,
        "source": item.link,
        "categories": item.categories,
        "rubrics": [feed.section],
        "days": [f"{item.published:%Y-%m-%d}"],
    }
    file = folder / "content" / "p" / f"{name}.html"
    file.write_text(f"{json.dumps(front, ensure_ascii=False, indent=1)}\n{item.body}\n", "utf-8")
    return 1
