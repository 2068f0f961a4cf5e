"""Where a page lives: readable folder names that no file system, reader or neighbour can trip over."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from hashlib import blake2b
from urllib.parse import quote, urlsplit

SEGMENT_BYTES = 120
# At the top of the site these are ours (architecture, section 6), or will be.
TOP_LEVEL = frozenset(
    [
        "404.html",
        "accounts",
        "api",
        "archive",
        "c",
        "feeds",
        "img",
        "index.html",
        "my",
        "p",
        "reader",
        "robots.txt",
        "s",
        "search",
        "sections",
        "static",
    ]
)
# A folder of any of these names is a device on some system, or a file of ours in every section.
EVERYWHERE = frozenset(["con", "prn", "aux", "nul", "index.html", "feed.atom", "feed.json"]) | frozenset(
    f"{device}{number}" for device in ("com", "lpt") for number in range(10)
)
_SITEMAP = re.compile(r"sitemap.*\.xml", re.ASCII)
_DIGITS = re.compile(r"[0-9]+", re.ASCII)
_GAPS = re.compile(r"-{2,}")


def root_of(path: str) -> str:
    """Lead from the page at `path` back to the top of the site: "" or "../" as often as needed."""
    return "../" * path.count("/")


def folder_of(path: str) -> str:
    """Give a page's address inside the site, percent-encoded: its path without a closing "index.html"."""
    return quote(path.removesuffix("index.html"))


def day_folder(day: date, depth: int = 3) -> str:
    """Name the folder of a day (depth 3), its month (2) or its year (1): 2022/08/26/, 2022/08/, 2022/."""
    return "/".join(day.isoformat().split("-")[:depth]) + "/"


def web_link(address: str | None) -> str | None:
    """Let only http and https addresses become links; anything else is None."""
    if address is None:
        return None
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return None
    return address.strip() if parts.scheme in {"http", "https"} and parts.netloc else None


def name_segments(names: Iterable[str], *, top: bool = False) -> dict[str, str]:
    """Give each of a folder's sections a name of its own: at most 255 bytes, letters and digits of any script.

    Equal sets of names get equal segments, and a name keeps its segment while no neighbour is spelled alike;
    neighbours that would share one (in any case) are told apart by a hash of the name.
    """
    wanted = {name: _readable(name) for name in names}
    owners: dict[str, list[str]] = {}
    for name in sorted(wanted):
        owners.setdefault(wanted[name].casefold(), []).append(name)
    return {
        name: segment
        if segment and not _reserved(segment, top=top) and _first(name, segment, owners)
        else "-".join(filter(None, [segment, _hash(name)]))
        for name, segment in wanted.items()
    }


def _first(name: str, segment: str, owners: dict[str, list[str]]) -> bool:
    """Of neighbours spelled alike, the one that is its own segment goes without a hash; else none does."""
    rivals = owners[segment.casefold()]
    exact = [rival for rival in rivals if rival == _readable(rival)]
    return len(rivals) == 1 or exact[:1] == [name]


def _readable(name: str) -> str:
    kept = "".join(_safe(character) for character in unicodedata.normalize("NFC", name))
    return _cut(_GAPS.sub("-", kept).strip("-."))


def _safe(character: str) -> str:
    known = character.isalnum() or unicodedata.category(character) in {"Mn", "Mc"} or character in "_."
    return character if known else "-"


def _cut(segment: str) -> str:
    raw = segment.encode("utf-8")
    if len(raw) <= SEGMENT_BYTES:
        return segment
    return raw[:SEGMENT_BYTES].decode("utf-8", "ignore").strip("-.") + "-" + _hash(segment)


def _reserved(segment: str, *, top: bool) -> bool:
    folded = segment.casefold()
    if _DIGITS.fullmatch(folded) or folded.split(".")[0] in EVERYWHERE or folded in EVERYWHERE:
        return True
    return top and (folded in TOP_LEVEL or _SITEMAP.fullmatch(folded) is not None)


def _hash(name: str) -> str:
    # The letter keeps a hash that happens to be all digits from looking like a year or a sheet's number.
    return "x" + blake2b(name.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
