"""What every handler works with: the paper, its store, its published edition, and the theme of the reader's pages."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b
from importlib.resources import files
from ipaddress import ip_address
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from broadsheet.config import Config
from broadsheet.pipeline.means import Clock
from broadsheet.publish import Theme, load_theme
from broadsheet.web.access.attempts import Attempts
from broadsheet.web.access.keys import new_secret
from broadsheet.web.house.desk import Desk
from broadsheet.web.house.edition import EditionFiles
from broadsheet.web.house.jobs import Jobs
from broadsheet.web.house.slots import SlotPrinter
from broadsheet.web.house.wire import Wire

LOOPBACK_NAMES: Final = frozenset({"127.0.0.1", "localhost", "::1"})
ASSETS: Final = ("reader.css", "reader.js", "worker.js")


class House(Struct, frozen=True, kw_only=True):
    """One paper that is being served.

    `is_private` says that only this machine can reach it, `names` are those of hosts that it answers to without a
    password. `secret` belongs to this run: with it, forms of readers who need no password are ours. `assets` are the
    reader's own files, by the path under which they are asked for.
    """

    config: Config
    is_private: bool
    names: frozenset[str]
    desk: Desk
    edition: EditionFiles
    theme: Theme
    assets: Mapping[str, bytes]
    attempts: Attempts
    slots: SlotPrinter
    wire: Wire
    jobs: Jobs
    secret: str
    clock: Clock

    @property
    def is_secure(self) -> bool:
        """Whether readers come by https, so that cookies are sent over nothing else."""
        return self.config.paper.address.startswith("https:")

    def asset(self, name: str) -> str:
        """Find the path of one of the reader's own files."""
        return _named(self.assets, name)

    def now(self) -> datetime:
        """This moment."""
        return self.clock()


def open_house(config: Config, host: str, clock: Clock) -> House:
    """Prepare to serve a paper at an address of this machine; nothing is listened to yet."""
    wire = Wire()
    paper = replace(config.as_paper(), companies=(config.site_folder / "c" / "index.html").is_file())
    theme = load_theme(paper, dict(_files("templates", (".html", ".xml"))))
    assets = dict(_assets())
    return House(
        config=config,
        is_private=is_loopback(host),
        names=LOOPBACK_NAMES | {host},
        desk=Desk(config.store_url),
        edition=EditionFiles(config.site_folder),
        theme=theme,
        assets=assets,
        attempts=Attempts(),
        slots=SlotPrinter(theme, _named(assets, "reader.css"), _named(assets, "reader.js")),
        wire=wire,
        jobs=Jobs(config.folder, wire),
        secret=new_secret(),
        clock=clock,
    )


def is_loopback(host: str) -> bool:
    """Say whether an address is one that only this machine reaches."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _named(assets: Mapping[str, bytes], name: str) -> str:
    stem, _, kind = name.partition(".")
    return next(path for path in assets if path.startswith(f"my/static/{stem}-") and path.endswith(f".{kind}"))


def _files(folder: str, endings: tuple[str, ...]) -> list[tuple[str, bytes]]:
    found = files("broadsheet.web").joinpath(folder).iterdir()
    return [(f"{folder}/{item.name}", item.read_bytes()) for item in found if item.name.endswith(endings)]


def _assets() -> list[tuple[str, bytes]]:
    found = []
    for name in ASSETS:
        content = files("broadsheet.web").joinpath("static", name).read_bytes()
        stem, _, kind = name.partition(".")
        found.append((f"my/static/{stem}-{blake2b(content, digest_size=5).hexdigest()}.{kind}", content))
    return found
