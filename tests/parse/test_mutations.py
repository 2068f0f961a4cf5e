"""Damage in one entry never costs another: thirty documents, each broken in one entry at random, 20 times."""

import random
import re
from collections.abc import Callable

import pytest

from broadsheet.parse import parse_feed

SEED = 20261123
DOCUMENTS, ROUNDS, FLOOR = 30, 20, 0.99
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
RDF = 'xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
CONTENT = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'
BODIES = (
    "<![CDATA[<p>第{n}条：小厂 & 大厂<br>“照旧”</p><img src='https://news.example/{n}.png?a=1&b=2'>]]>",
    '&lt;p class="a"&gt;Story {n} &amp;amp; more&lt;br&gt;said “so”&lt;/p&gt;',
    "Plain words of story {n}, é and 中文 in them",
)


def rss(number: int, body: str) -> str:
    return (
        f"<item>\n  <title>Story {number} &amp; 消息</title>\n  <link>https://news.example/?id={number}&amp;from=rss</link>"
        f'\n  <guid isPermaLink="false">{number}</guid><category>news</category><category>市场</category>'
        f"<pubDate>Mon, 23 Nov 2026 0{number % 10}:05:00 +0800</pubDate>\n  <dc:creator>林</dc:creator>"
        f"<description>{body}</description><content:encoded>{body}</content:encoded></item>\n"
    )


def media(number: int, body: str) -> str:
    return (
        f"<item><title>{number}</title><link>https://news.example/{number}</link><description>{body}</description>"
        f'<media:group><media:content url="https://news.example/{number}.mp4" type="video/mp4">'
        f"<media:title>Film {number}</media:title></media:content></media:group>"
        f'<enclosure url="https://news.example/{number}.mp3" length="3" type="audio/mpeg"/></item>'
    )


def atom(number: int, body: str) -> str:
    return (
        f'<entry><id>urn:{number}</id><title type="html">Story {number}</title>'
        f'<link href="https://news.example/{number}?a=1&amp;b=2"/><author><name>林</name></author>'
        f"<updated>2026-11-23T0{number % 10}:05:00Z</updated>"
        f'<summary type="html">{body}</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">'
        f"<p>Text <em>{number}</em><br/>of it</p></div></content></entry>\n"
    )


def rdf(number: int, body: str) -> str:
    return (
        f'<item rdf:about="https://news.example/{number}"><title>Story {number}</title>'
        f"<link>https://news.example/{number}</link><description>{body}</description></item>\n"
    )


KINDS: tuple[tuple[Callable[[int, str], str], str, str], ...] = (
    (rss, f'<rss version="2.0" {CONTENT}><channel><title>晨报</title><language>zh</language>', "</channel></rss>"),
    (media, f'<rss version="2.0" {MEDIA}><channel><title>Films</title>', "</channel></rss>"),
    (atom, f"<feed {ATOM}><title>Atom</title><id>urn:feed</id>", "</feed>"),
    (rdf, f'<rdf:RDF {RDF}><channel rdf:about="https://news.example/"><title>RDF</title></channel>', "</rdf:RDF>"),
)


def document(number: int) -> tuple[bytes, list[bytes], bytes]:
    """Write one of the documents: what stands before its entries, the entries, what stands behind."""
    write, before, after = KINDS[number % len(KINDS)]
    body = BODIES[number % len(BODIES)]
    entries = [write(each, body.format(n=each)).encode() for each in range(1, 4 + number % 7)]
    return f'<?xml version="1.0" encoding="utf-8"?>\n{before}'.encode(), entries, after.encode()


def damaged(entry: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(entry))
    tag = chance.choice(list(re.finditer(rb"<[^<>]*>", entry)))
    control = bytes([chance.choice((0, 1, 8, 11, 31))])
    opened = chance.choice((b"<b>", b"<p>", b"<br>", b"<div class='a'>", b"<title>", b"<description>"))
    inserted = (b"<", b"&", control, b"\xff", opened)
    broken = [entry[:at] + each + entry[at:] for each in inserted]
    return chance.choice([entry[:at] + entry[at + 1 :], entry[: tag.start()] + entry[tag.end() :], *broken])


@pytest.mark.parametrize("number", range(DOCUMENTS))
def test_damage_in_one_entry_costs_no_other(number: int) -> None:
    chance = random.Random(SEED + number)
    before, entries, after = document(number)
    whole = parse_feed(before + b"".join(entries) + after)
    assert (len(whole.entries), whole.repairs) == (len(entries), ())
    kept = total = 0
    for _ in range(ROUNDS):
        hit = chance.randrange(len(entries))
        broken = [damaged(entry, chance) if each == hit else entry for each, entry in enumerate(entries)]
        read = parse_feed(before + b"".join(broken) + after).entries
        others = [entry for each, entry in enumerate(whole.entries) if each != hit]
        kept += sum(entry in read for entry in others)
        total += len(others)
        assert len(read) >= len(entries), broken[hit]
    assert kept / total >= FLOOR
