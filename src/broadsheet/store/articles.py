"""Articles read from their own pages: asked for, kept beside what the feed said, shown in its place."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from broadsheet.model import Article, CleanEntry, Image, Refusal, Revision, Robots, SafeHtml, WantedPage
from broadsheet.store.compress import Pack
from broadsheet.store.engine import Engine
from broadsheet.store.moments import from_us, to_us
from broadsheet.store.rows import Content, Values, content_of, json_of, original_of, pack_content


class Details(Struct, frozen=True, array_like=True):
    """What is kept of a cleaned article beside its HTML and its text: one column of JSON."""

    summary: str
    language: str | None
    image: Image | None
    changes: dict[str, int]


_DETAILS = msgspec.json.Decoder(Details)


def stored_article(engine: Engine, num: int, own: CleanEntry) -> CleanEntry | None:
    """What a reader sees of a post whose article is kept, where its feed says `own` of it; None without one."""
    row = engine.row("article_of_post", num=num)
    if row is None:
        return None
    content, details = content_of(row[0]), _DETAILS.decode(row[1])
    _, _, body = (content.text or "").partition("\n")
    return replace(
        own,
        html=content.html or SafeHtml(""),
        text=f"{own.title}\n{body}",
        summary=details.summary or own.summary,
        language=own.language or details.language,
        image=details.image or own.image,
        changes=details.changes,
    )


def outlives(article: CleanEntry, revision: Revision) -> bool:
    """Tell whether a kept article is still more than what the feed says now."""
    return revision.wants_page or len(article.text) > len(revision.clean.text)


def article_values(num: int, article: Article, pack: Pack) -> Values:
    """An article as the values of its row."""
    page, clean = article.page, article.clean
    return {
        "num": num,
        "address": page.address,
        "content_type": page.content_type,
        "fetched_at": to_us(page.fetched_at),
        "details": json_of(Details(clean.summary, clean.language, clean.image, clean.changes)),
        "content": shown_content(clean, pack),
        "page": pack(page.body),
    }


def shown_content(clean: CleanEntry, pack: Pack) -> bytes:
    """What is shown, as a frame like that of a revision."""
    return pack_content(Content(b"", clean.html, clean.text), pack)


def want_pages(engine: Engine, post_ids: Sequence[str], now: datetime, *, again: bool) -> int:
    """Ask for the pages of posts whose pages were never asked for, or gave nothing; belongs inside a transaction."""
    values = [{"id": post_id, "due": to_us(now), "again": again} for post_id in post_ids]
    return sum(max(engine.write("want_page_of", each), 0) for each in values)


def settle_page(engine: Engine, post_id: str, refusal: Refusal, now: datetime, *, failed: bool) -> None:
    """Note why a page gave nothing, and when it may be asked again."""
    due = None if refusal.wait_s is None else to_us(now + timedelta(seconds=refusal.wait_s))
    engine.write("settle_page", {"id": post_id, "due": due, "fault": refusal.reason, "failed": int(failed)})


def claim_pages(
    engine: Engine, now: datetime, limit: int, lease_s: float, feeds: Sequence[str] | None
) -> list[WantedPage]:
    """Lend out the pages that are due."""
    until = to_us(now) + round(lease_s * 1_000_000)
    claimed = engine.rows("claim_pages", now=to_us(now), until=until, limit=limit, feeds=_chosen(feeds))
    nums = [num for (num,) in claimed]
    rows = engine.rows("claimed_pages", nums=json_of(nums))
    return [
        WantedPage(original=original_of((*row, None, None, None, None)), address=link or "", tries=tries)
        for *row, link, tries in rows
    ]


def count_pages(engine: Engine, now: datetime, feeds: Sequence[str] | None) -> int:
    """Count the pages that are due."""
    row = engine.row("count_pages", now=to_us(now), feeds=_chosen(feeds))
    return int(row[0]) if row else 0


def _chosen(feeds: Sequence[str] | None) -> str | None:
    return None if feeds is None else json_of(feeds)


def find_robots(engine: Engine, origin: str) -> Robots | None:
    """What an origin last said to robots."""
    row = engine.row("robots", origin=origin)
    return None if row is None else Robots(origin=row[0], asked_at=from_us(row[1]), access=row[2], rules=row[3])


def keep_robots(engine: Engine, robots: Robots, before: datetime) -> None:
    """Keep what an origin said to robots, and forget what was said before a moment."""
    engine.write("forget_robots", {"before": to_us(before)})
    values = {"asked_at": to_us(robots.asked_at), "origin": robots.origin}
    engine.write("keep_robots", {**values, "access": robots.access, "rules": robots.rules})
