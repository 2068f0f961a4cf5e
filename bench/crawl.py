"""A made-up crawl of news: WARC files as Common Crawl's news are, of pages of real shape, half Chinese, half English.

A page carries what pages carry out there: scripts, styles, menus, cards of other articles, JSON-LD, a footer; its
article is a small part of it. Of a hundred answers eighty-six are articles, the others are fronts of sites, errors,
redirects and pictures. The same seed gives the same bytes, always.
"""

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bench.feeds import WORDS
from bench.news import vocabulary, weights_of

BEGIN = datetime(2026, 11, 20, tzinfo=UTC)
SERVERS = 400
SEED = 20261127
_SCRIPT = 9_000
_CARDS = 36
_LINKS = 90
_ENGLISH = """
the of and to in a is that for it was on are as with his they at be this from have or by one had not but
what all were when we there can an your which their said if do will each about how up out them then she many
some so these would other into has more her two like him see time could no make than first been its who now
people my made over did down only way find use may water long little very after words called just where most
know company market shares price billion quarter government minister city police court election report year
month day week city bridge river road school hospital bank energy power battery car phone chip software
model data cloud network plant workers union strike deal talks agreement growth profit loss revenue forecast
analyst investors bond rate inflation trade tariff export import factory order
"""


def write_crawl(folder: Path, files: int, records: int, seed: int = SEED) -> list[Path]:
    """Write so many files of so many answers each."""
    folder.mkdir(parents=True, exist_ok=True)
    crawl = Crawl(seed)
    made = []
    for number in range(files):
        path = folder / f"CC-NEWS-20261120{number:06}.warc.gz"
        if not path.exists():
            fresh = path.with_suffix(".new")
            with fresh.open("wb") as file:
                for record in crawl.records(number * records, records):
                    file.write(gzip.compress(record, 6, mtime=0))
            fresh.rename(path)
        made.append(path)
    return made


class Crawl:
    """The words of the crawl, drawn once."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._chinese = vocabulary(Random(seed))
        self._weights = weights_of(self._chinese)

    def records(self, first: int, count: int) -> Iterator[bytes]:
        """A note of the crawler, then a request and its answer for each number."""
        yield _record("warcinfo", "", b"software: made up\r\n", "application/warc-fields", BEGIN)
        for number in range(first, first + count):
            chance = Random(f"{self._seed} {number}")
            moment = BEGIN + timedelta(seconds=number % 86_400)
            host = f"news{chance.randrange(SERVERS)}.example"
            address = f"https://{host}/2026/11/{number}.html"
            asked = f"GET /2026/11/{number}.html HTTP/1.1\r\nHost: {host}\r\n\r\n".encode()
            yield _record("request", address, asked, "application/http; msgtype=request", moment)
            answer = self._answer(chance, number, host)
            yield _record("response", address, answer, "application/http; msgtype=response", moment)

    def _answer(self, chance: Random, number: int, host: str) -> bytes:
        lot = chance.random()
        if lot < 0.04:
            return _http("404 Not Found", "text/html", b"<html><body>not here</body></html>")
        if lot < 0.06:
            return _http("301 Moved Permanently", "text/html", b"")
        if lot < 0.08:
            return _http("200 OK", "image/jpeg", chance.randbytes(20_000))
        page = self._page(chance, number, host, article=lot > 0.14)
        return _http("200 OK", "text/html; charset=utf-8", page.encode())

    def _page(self, chance: Random, number: int, host: str, *, article: bool) -> str:
        chinese = number % 2 == 0
        title = self._words(chance, chinese, 9)
        said = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": title,
            "datePublished": f"{BEGIN - timedelta(minutes=chance.randrange(3000)):%FT%TZ}",
            "author": {"@type": "Person", "name": chance.choice(WORDS["authors"])},
        }
        head = (
            f'<meta charset="utf-8"><title>{title} - {host}</title><meta property="og:title" content="{title}">'
            f'<meta property="og:image" content="https://{host}/i/{number}.jpg"><link rel="stylesheet" href="/a.css">'
            f"<script>{'var a=b;' * (_SCRIPT // 8)}</script><style>{'.c{color:red}' * 300}</style>"
            f'<script type="application/ld+json">{json.dumps(said) if article else "{}"}</script>'
        )
        menu = "".join(
            f'<li><a href="/s/{link}">{self._words(chance, chinese, 2)}</a></li>' for link in range(_LINKS)
        )
        cards = "".join(self._card(chance, chinese) for _ in range(_CARDS))
        body = self._article(chance, chinese, title) if article else ""
        lang = "zh-CN" if chinese else "en"
        return (
            f'<!doctype html><html lang="{lang}"><head>{head}</head><body><header><nav><ul>{menu}</ul></nav></header>'
            f'<main>{body}</main><aside class="related">{cards}</aside>'
            f"<footer><ul>{menu}</ul><p>{self._words(chance, chinese, 12)}</p></footer></body></html>"
        )

    def _article(self, chance: Random, chinese: bool, title: str) -> str:
        paragraphs = []
        for place in range(chance.randint(5, 14)):
            if place == 2:
                paragraphs.append('<figure><img data-src="/i/a.jpg" width="800"><figcaption>a</figcaption></figure>')
            words = self._words(chance, chinese, chance.randint(30, 90))
            paragraphs.append(f'<p style="margin:0 0 1em">{words}{"。" if chinese else "."}</p>')
        return f'<article><h1>{title}</h1><div class="content">{"".join(paragraphs)}</div></article>'

    def _card(self, chance: Random, chinese: bool) -> str:
        words = self._words(chance, chinese, 6)
        return f'<div class="card"><a href="/{chance.randrange(9999)}"><img src="/t.jpg"><h3>{words}</h3></a></div>'

    def _words(self, chance: Random, chinese: bool, count: int) -> str:
        if chinese:
            return "".join(chance.choices(self._chinese, cum_weights=self._weights, k=count))
        return " ".join(chance.choices(_ENGLISH.split(), k=count)).capitalize()


def _http(status: str, kind: str, body: bytes) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def _record(kind: str, address: str, block: bytes, media_type: str, moment: datetime) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: {moment:%FT%TZ}\r\n"
        + (f"WARC-Target-URI: {address}\r\n" if address else "")
        + f"Content-Type: {media_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"
