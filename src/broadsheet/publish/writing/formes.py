"""The two trees a site is printed from in turn, and the link that says which one is served.

Beside `site` stands `.site.formes/` with the trees `a` and `b`, a manifest of each, and a lock. `site` itself is a
symbolic link to one of the trees; renaming a new link over it is the only moment at which readers see a change.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from broadsheet.errors import PublishError
from broadsheet.wholefiles import sync

NAMES = ("a", "b")


class Formes(Struct, frozen=True, kw_only=True):
    """Where a site's trees are; `live` names the one being served, None before the first build."""

    folder: Path
    home: Path
    live: str | None

    @property
    def idle(self) -> str:
        """The tree that may be changed."""
        return NAMES[1] if self.live == NAMES[0] else NAMES[0]

    def tree(self, name: str) -> Path:
        """Where a tree is."""
        return self.home / name

    def manifest(self, name: str) -> Path:
        """Where a tree's manifest is: beside it, never served."""
        return self.home / f"{name}.manifest"

    def mark(self, name: str) -> Path:
        """Where it is written how far a tree holds the archive's images; it counts only beside a manifest."""
        return self.home / f"{name}.images"


@contextmanager
def claim(folder: Path) -> Iterator[Formes]:
    """Hold a site's trees for one build.

    Raises:
        PublishError: the folder is somebody else's, or another build holds it.
        OSError: the folder's parent cannot be made or written.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 (resolve() would follow the very link we flip)
    home = folder.with_name(f".{folder.name}.formes")
    live = _live(folder, home)
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            cause = "another build is writing this site; wait until it has ended"
            raise PublishError(str(folder), cause) from None
        yield Formes(folder=folder, home=home, live=_live(folder, home) if live else live)


def _live(folder: Path, home: Path) -> str | None:
    """Read which tree is served.

    Raises:
        PublishError: something stands at the folder that we did not put there.
    """
    if folder.is_symlink():
        target = str(folder.readlink())
        for name in NAMES:
            if target == f"{home.name}/{name}":
                return name
        cause = f"is a link to {target}, which is not ours; remove the link or choose another folder for the site"
        raise PublishError(str(folder), cause)
    if folder.is_dir() and not any(folder.iterdir()):
        return None
    if folder.exists():
        cause = "stands in the way and is not ours; move it away or choose another folder for the site"
        raise PublishError(str(folder), cause)
    return None


def flip(formes: Formes) -> Formes:
    """Serve the other tree from now on, in one step."""
    link = formes.home / "next"
    link.unlink(missing_ok=True)
    link.symlink_to(f"{formes.home.name}/{formes.idle}", target_is_directory=True)
    with suppress(FileNotFoundError, NotADirectoryError):
        formes.folder.rmdir()  # an empty folder that was made for us
    link.rename(formes.folder)
    sync(formes.folder.parent)
    return Formes(folder=formes.folder, home=formes.home, live=formes.idle)
