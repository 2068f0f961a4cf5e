"""Small sources of archives, written for each test."""

import io
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from broadsheet.scale.archive.build import Wish
from broadsheet.scale.archive.documents import Document, Rejected
from broadsheet.scale.archive.reading import read_posts
from broadsheet.scale.archive.rows import Row

NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
CRAWLED = "2026-11-20T08:00:00Z"
HTML = "text/html; charset=utf-8"


def wish(**changes: object) -> Wish:
    """What most tests build an archive with: a pool of one process, no facts."""
    return Wish(**{"now": NOW, "runner": "processes", "processes": 1} | changes)  # type: ignore[arg-type]


def page(number: int, words: str = "") -> bytes:
    """An article of some length, each another."""
    text = f"<p>The town of Weststadt opened bridge number {number} over its river on Friday. {words}</p>" * 4
    day = f"2026-11-1{number % 9}"
    head = f'<title>Bridge {number} is open</title><meta property="article:published_time" content="{day}">'
    return f"<html lang=en><head>{head}</head><body><article>{text}</article></body></html>".encode()


def write_warc(
    path: Path,
    answers: Iterable[tuple[str, bytes]],
    *,
    status: str = "200 OK",
    headers: Mapping[str, str] | None = None,
    zipped: bool = True,
) -> Path:
    """Write answers as a crawler of Common Crawl's news does: a note of itself, then request and response of each."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=zipped)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "test"}))
        for address, body in answers:
            asked = StatusAndHeaders("GET / HTTP/1.1", [], is_http_request=True)
            writer.write_record(
                writer.create_warc_record(address, "request", http_headers=asked, warc_headers_dict=_dated())
            )
            said = {"Content-Type": HTML} if headers is None else headers
            answered = StatusAndHeaders(status, list(said.items()), protocol="HTTP/1.1")
            record = writer.create_warc_record(
                address, "response", payload=io.BytesIO(body), http_headers=answered, warc_headers_dict=_dated()
            )
            writer.write_record(record)
            record.raw_stream.close()
    return path


def pages(count: int) -> list[tuple[str, bytes]]:
    """So many articles with their addresses."""
    return [(f"https://news.example/{number}", page(number)) for number in range(count)]


def write_posts(folder: Path, count: int) -> Path:
    """Write so many post files into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        front = f"title: Bridge {number}\ndate: 2026-11-{1 + number % 27:02} 08:00:00 +0000\ncategories: [town]"
        (folder / f"{number:03}.md").write_text(
            f"---\n{front}\n---\n\n<p>Bridge number {number} stands.</p>\n", "utf-8"
        )
    return folder


def rss(*items: tuple[str, str], link: str = "https://news.example/") -> bytes:
    """A feed of items, each with its id and its title."""
    said = "".join(f"<item><guid>{key}</guid><title>{title}</title></item>" for key, title in items)
    return f"<rss version='2.0'><channel><title>News</title><link>{link}</link>{said}</channel></rss>".encode()


def documents(found: Iterable[Document | Rejected]) -> list[Document]:
    """Those that are documents."""
    return [one for one in found if isinstance(one, Document)]


def reasons(found: Iterable[Document | Rejected]) -> list[str]:
    """Why the others were rejected."""
    return [one.reason for one in found if isinstance(one, Rejected)]


def posts(folder: Path) -> list[Row]:
    """All posts of an archive."""
    return [row for rows in read_posts(folder) for row in rows]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of an archive but its lock."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def _dated() -> dict[str, str]:
    return {"WARC-Date": CRAWLED}
