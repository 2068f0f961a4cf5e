"""Records of web archives, whole and broken."""

import gzip
import io
import os
from pathlib import Path

import pytest
from tests.scale.archive.samples import documents, page, pages, reasons, rss, write_warc

from broadsheet.scale.archive.documents import MOST, Document, Rejected
from broadsheet.scale.archive.units import Unit, plan
from broadsheet.scale.archive.warcs import read_warc


def read(path: Path, slice_bytes: int = 1 << 30) -> list[Document | Rejected]:
    units = [one for one in plan([path], slice_bytes) if isinstance(one, Unit)]
    return [one for unit in units for one in read_warc(unit)]


def addresses(found: list[Document | Rejected]) -> list[str]:
    return [one.address for one in documents(found)]


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc"])
def test_answers_are_documents_and_the_rest_is_passed_over(tmp_path: Path, name: str) -> None:
    path = write_warc(tmp_path / name, pages(3), zipped=name.endswith("gz"))
    found = read(path)
    assert addresses(found) == [f"https://news.example/{number}" for number in range(3)]
    first = documents(found)[0]
    assert (first.kind, first.body, first.content_type) == ("page", page(0), "text/html; charset=utf-8")
    assert (first.seen_at.isoformat(), first.source) == ("2026-11-20T08:00:00+00:00", name)
    assert len(found) == 3


def test_slices_together_hold_each_record_once(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "a.warc.gz", pages(9))
    whole = documents(read(path))
    for size in (100, 700, 1500):
        assert documents(read(path, size)) == whole


def test_a_feed_in_an_archive_of_the_web_is_a_feed(tmp_path: Path) -> None:
    path = write_warc(
        tmp_path / "a.warc.gz",
        [("https://news.example/feed", rss())],
        headers={"Content-Type": "application/rss+xml"},
    )
    assert [one.kind for one in documents(read(path))] == ["feed"]


@pytest.mark.parametrize(
    ("status", "headers", "address", "reason"),
    [
        ("404 Not Found", None, "https://news.example/", "http-404"),
        ("200 OK", {"Content-Type": "image/png"}, "https://news.example/", "media-type"),
        ("200 OK", {}, "https://news.example/", "media-type"),
        ("200 OK", None, "ftp://news.example/", "no-address"),
        (
            "200 OK",
            {"Content-Type": "text/html", "Content-Encoding": "lzma"},
            "https://news.example/",
            "bad-encoding",
        ),
    ],
)
def test_an_answer_that_is_of_no_use_is_rejected_by_name(
    tmp_path: Path, status: str, headers: dict[str, str] | None, address: str, reason: str
) -> None:
    path = write_warc(tmp_path / "a.warc.gz", [(address, b"\x01\x02words")], status=status, headers=headers)
    assert reasons(read(path)) == [reason]


def test_content_codings_and_chunks_are_undone_where_they_are_there(tmp_path: Path) -> None:
    html = page(1)
    chunked = b"%x;x=y\r\n%b\r\n0\r\n\r\n" % (len(html), html)
    for body, headers in (
        (gzip.compress(html), {"Content-Encoding": "gzip"}),
        (html, {"Content-Encoding": "gzip"}),
        (chunked, {"Transfer-Encoding": "chunked"}),
        (html, {"Transfer-Encoding": "chunked"}),
        (b"zz\r\n" + html, {"Transfer-Encoding": "Chunked"}),
    ):
        path = write_warc(
            tmp_path / "a.warc.gz", [("https://e.example/", body)], headers={"Content-Type": "text/html"} | headers
        )
        assert documents(read(path))[0].body.removeprefix(b"zz\r\n") == html


def test_a_file_that_ends_in_the_middle_gives_what_is_before(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "a.warc.gz", [(address, os.urandom(3000)) for address, _ in pages(3)])
    path.write_bytes(path.read_bytes()[:-900])
    found = read(path)
    assert len(documents(found)) == 2
    assert reasons(found) == ["truncated"]
    assert "of" in next(one.cause for one in found if isinstance(one, Rejected))


def test_behind_a_damaged_place_reading_goes_on(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "a.warc.gz", pages(6))
    offset = documents(read(path))[2].offset
    damaged = bytearray(path.read_bytes())
    damaged[offset + 60 : offset + 90] = bytes(30)
    path.write_bytes(damaged)
    found = read(path)
    assert addresses(found) == [f"https://news.example/{number}" for number in (0, 1, 3, 4, 5)]
    assert reasons(found) == ["damaged"]


@pytest.mark.parametrize("content", [b"", b"this is no archive", b"\x1f\x8b\x08" * 9, os.urandom(2000)])
def test_what_is_no_web_archive_is_rejected_as_a_whole(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.warc.gz").write_bytes(content)
    assert reasons(read(tmp_path / "a.warc.gz")) == ["not-a-warc"]


def test_a_record_of_two_gigabytes_is_not_read(tmp_path: Path) -> None:
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: <https://e.example/big>\r\nContent-Length: %d\r\n\r\n"
    )
    before = write_warc(tmp_path / "b.warc", pages(1), zipped=False).read_bytes()
    with (tmp_path / "a.warc").open("wb") as file:
        file.write(before + head % 2**31)
        file.seek(len(before) + 20 * 1024 * 1024)  # the rest of it is missing, as in a download that was stopped
        file.write(b"x")
    found = read(tmp_path / "a.warc")
    assert len(documents(found)) == 1
    assert reasons(found) == ["too-large"]
    (rejected,) = (one for one in found if isinstance(one, Rejected))
    assert (rejected.address, rejected.length) == ("https://e.example/big", 2**31)


def test_behind_a_record_that_is_too_large_reading_goes_on(tmp_path: Path) -> None:
    path = write_warc(tmp_path / "a.warc.gz", [("https://news.example/big", bytes(MOST + 1)), *pages(1)])
    found = read(path)
    assert reasons(found) == ["too-large"]
    assert addresses(found) == ["https://news.example/0"]


def test_a_page_that_unpacks_to_more_than_is_read_is_rejected(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(MOST + 1))
    path = write_warc(tmp_path / "a.warc.gz", [("https://e.example/", bomb)], headers={"Content-Type": "text/html"})
    assert reasons(read(path)) == ["too-large"]


@pytest.mark.parametrize("content_type", [b"text/dns", b"application/http; msgtype=response"])
def test_an_answer_over_anything_but_http_is_rejected(tmp_path: Path, content_type: bytes) -> None:
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: %b\r\nContent-Length: 7\r\n\r\n1.2.3.4\r\n\r\n"
        % content_type
    )
    (tmp_path / "a.warc").write_bytes(record)
    assert reasons(read(tmp_path / "a.warc")) == ["no-http"]


def test_an_answer_whose_headers_never_end_is_rejected(tmp_path: Path) -> None:
    body = io.BytesIO(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20_000)
    size = len(body.getvalue())
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n" % size
    (tmp_path / "a.warc").write_bytes(head + body.getvalue() + b"\r\n\r\n")
    assert reasons(read(tmp_path / "a.warc")) == ["no-http"]
