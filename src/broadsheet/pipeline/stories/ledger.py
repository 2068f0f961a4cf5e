"""The ledger: claims of posts are followed, when their facts are found and when their stories change."""

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from broadsheet.model import Annotations, CompanyTie, LedgerEntry, LedgerPost
from broadsheet.pipeline.report import LedgerReport
from broadsheet.store import Store, Unledgered

PORTION = 200
"""Posts that are read at one time, with all that their claims can be one with."""

NOTHING = Annotations(language="und", text="")
"""The facts of a post that was not read yet, or has none any more."""


def follow_claims(store: Store, now: datetime) -> LedgerReport:
    """Bring the ledger up to date with the posts whose facts or stories changed since this was done last.

    What a killed run kept is kept; the next one goes on from there.

    Raises:
        StoreError: the store cannot be written; nothing of that portion is kept.
    """
    report = LedgerReport()
    read = store.ledger.unread(PORTION)
    if not read.posts:
        return report
    run = _Run(store, now)
    while read.posts:
        report = run.read(read, report)
        read = store.ledger.unread(PORTION)
    return report


def follow_again(store: Store, now: datetime) -> LedgerReport:
    """Make the ledger again from all posts; its entries keep their ids. A killed run is finished by the next one."""
    store.ledger.read_all_again()
    return follow_claims(store, now)


class _Run:
    """One run, which knows the names of feeds and which companies are one body."""

    def __init__(self, store: Store, now: datetime) -> None:
        self._store = store
        self._now = now
        self._outlets = {feed.id: feed.label for feed in store.feeds()}
        self._ties: tuple[CompanyTie, ...] = store.companies.book().ties

    def read(self, read: Unledgered, report: LedgerReport) -> LedgerReport:
        """Keep the entries of a portion of posts, and of all posts that tell one of these claims."""
        from broadsheet.group import keep_ledger

        posts, known = self._gather(read.posts)
        changes = keep_ledger(posts, self._ties, known)
        self._store.ledger.keep(changes, self._now, read)
        before = {entry.id for entry in known}
        new = sum(entry.id not in before for entry in changes.entries)
        return replace(
            report,
            posts=report.posts + len(read.posts),
            new=report.new + new,
            changed=report.changed + len(changes.entries) - new,
            ended=report.ended + len(changes.ended),
        )

    def _gather(self, post_ids: Iterable[str]) -> tuple[list[LedgerPost], list[LedgerEntry]]:
        """Read all posts of all entries that these posts can touch, and these entries as they are known."""
        from broadsheet.group import keys_of
        from broadsheet.group.ledger.match import WINDOW

        posts: dict[str, LedgerPost] = {}
        known: dict[str, LedgerEntry] = {}
        wanted = set(post_ids)
        while wanted:
            found = self._posts(wanted)
            posts |= {post.post_id: post for post in found}
            moments = [post.published for post in found]
            touched = (
                self._store.ledger.touched(wanted, keys_of(found), min(moments) - WINDOW, max(moments) + WINDOW)
                if moments
                else []
            )
            known |= {entry.id: entry for entry in touched}
            stories = {post.story_id for post in found if post.story_id}
            told = {step.post_id for entry in touched for step in entry.steps}
            wanted = told.union(self._store.ledger.posts_of_stories(stories)) - posts.keys()
        return list(posts.values()), list(known.values())

    def _posts(self, post_ids: Iterable[str]) -> list[LedgerPost]:
        places = self._store.ledger.places(post_ids)
        facts = self._store.facts.of([place.post_id for place in places])
        return [
            LedgerPost(
                post_id=place.post_id,
                feed_id=place.feed_id,
                outlet=self._outlets.get(place.feed_id, place.feed_id),
                published=place.published,
                facts=facts.get(place.post_id) or NOTHING,
                story_id=place.story_id,
                carries=place.carries,
            )
            for place in places
        ]
