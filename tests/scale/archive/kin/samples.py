"""Posts in the files of an archive, in few words."""

from collections.abc import Sequence
from pathlib import Path

from bench.kinparity import write_posts
from msgspec.structs import replace
from tests.group.samples import FLASH, NOON, OTHER, post

from broadsheet.model import PostText
from broadsheet.scale.archive.kin.sketching import Posts, Sketched, sketch_file

EDITED = FLASH.replace("盘前", "今早盘前") + "本报记者摄影报道。"
WINDOW_US = 3 * 86_400_000_000

POSTS = [
    post("a-first", FLASH),
    post("b-other", OTHER, hours=1),
    post("c-edited", EDITED, hours=2),
    post("d-again", OTHER + "来源：县融媒体中心。", hours=50),
    post("e-late", FLASH, hours=72.5),
]
"""Two stories, the first of three posts, whose last is too late for its first."""


def with_outlets(posts: Sequence[PostText]) -> list[PostText]:
    return [replace(one, language="zh") for one in posts]


def sketched(folder: Path, posts: Sequence[PostText] = POSTS, files: int = 1) -> list[Sketched]:
    """Write posts into so many files and sketch them."""
    written = write_posts(folder, posts, files)
    return [sketch_file(folder, Posts(path=path, of="")) for path in written]


__all__ = ["NOON", "POSTS", "WINDOW_US", "sketched", "with_outlets"]
