"""Articles read from their own pages: asked for, kept beside what the feed said, shown in its place."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from broadsheet.model import Article, CleanEntry, Image, Refusal, Revision, Robots, SafeHtml, WantedPage
from broadsheet.store.compress import Pack
from broadsheet.store.engines.engine import Engine
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


class Articles:
    """The pages of posts that a store's articles are read from, and what their origins say to robots."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def want_pages(self, post_ids: Sequence[str], now: datetime, *, again: bool = False) -> int:
        """Ask for the pages of posts whose pages were never asked for; how many there are.

        `again` also asks for those that gave nothing.
        """
        values = [{"id": post_id, "due": to_us(now), "again": again} for post_id in post_ids]
        with self._engine.transaction():
            return sum(max(self._engine.write("want_page_of", each), 0) for each in values)

    def claim_pages(
        self, now: datetime, limit: int, lease_s: float, *, feeds: Sequence[str] | None = None
    ) -> list[WantedPage]:
        """Borrow pages that are due, of all feeds or of some by id, for `lease_s` seconds; newest posts first.

        `Store.replace` with an article gives a page back, and so do `settle_page` and time.
        """
        until = to_us(now) + round(lease_s * 1_000_000)
        with self._engine.transaction():
            claimed = self._engine.rows("claim_pages", now=to_us(now), until=until, limit=limit, feeds=_chosen(feeds))
            rows = self._engine.rows("claimed_pages", nums=json_of([num for (num,) in claimed]))
        return [
            WantedPage(original=original_of((*row, None, None, None, None)), address=link or "", tries=tries)
            for *row, link, tries in rows
        ]

    def count_pages(self, now: datetime, feeds: Sequence[str] | None = None) -> int:
        """How many pages are due, of all feeds or of some by id."""
        row = self._engine.row("count_pages", now=to_us(now), feeds=_chosen(feeds))
        return int(row[0]) if row else 0

    def settle_page(self, post_id: str, refusal: Refusal, now: datetime, *, failed: bool = True) -> None:
        """Note why a page gave nothing, and when it may be asked again; `failed` counts it as a try."""
        due = None if refusal.wait_s is None else to_us(now + timedelta(seconds=refusal.wait_s))
        values = {"id": post_id, "due": due, "fault": refusal.reason, "failed": int(failed)}
        self._engine.write("settle_page", values)

    def robots(self, origin: str) -> Robots | None:
        """What an origin (scheme, host, port) last said to robots, fresh or not."""
        row = self._engine.row("robots", origin=origin)
        return None if row is None else Robots(origin=row[0], asked_at=from_us(row[1]), access=row[2], rules=row[3])

    def keep_robots(self, robots: Robots) -> None:
        """Keep what an origin said to robots; what others said more than two days before is forgotten."""
        self._engine.write("forget_robots", {"before": to_us(robots.asked_at - timedelta(days=2))})
        values = {"asked_at": to_us(robots.asked_at), "origin": robots.origin}
        self._engine.write("keep_robots", {**values, "access": robots.access, "rules": robots.rules})


def _chosen(feeds: Sequence[str] | None) -> str | None:
    return None if feeds is None else json_of(feeds)
