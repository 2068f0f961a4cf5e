"""A feed polled under a virtual clock by a server that says what the test tells it to."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from broadsheet.decide import Policy, decide_update
from broadsheet.model import (
    Failure,
    Feed,
    FeedState,
    Known,
    KnownEntry,
    ParsedEntry,
    ParsedFeed,
    Redirect,
    Response,
    Update,
)

ADDRESS = "https://news.example/feed"
START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


class Poller:
    """Polls one feed, keeps what was decided, and holds the clock."""

    def __init__(self, policy: Policy) -> None:
        self.now = START
        self.policy = policy
        self.feed = Feed(id="feed", address=ADDRESS, added_at=START)
        self.known: dict[str, KnownEntry] = {}
        self._bodies = 0

    @property
    def state(self) -> FeedState:
        return self.feed.state

    @property
    def wait_s(self) -> float:
        """How long until the feed is due, in seconds."""
        assert self.state.next_due is not None
        return (self.state.next_due - self.now).total_seconds()

    def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def sleep_until_due(self) -> None:
        assert self.state.next_due is not None
        self.now = self.state.next_due

    def read(
        self,
        *entries: ParsedEntry,
        headers: Mapping[str, str] | None = None,
        parsed: ParsedFeed | None = None,
        redirects: Sequence[tuple[int, str]] = (),
    ) -> Update:
        """Answer 200 with a document never sent before."""
        self._bodies += 1
        parsed = parsed or ParsedFeed(format="rss-2.0")
        response = self.response(200, headers, str(self._bodies).encode(), redirects)
        return self.decide(replace(parsed, entries=entries or parsed.entries), response)

    def answer(
        self,
        status: int,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        redirects: Sequence[tuple[int, str]] = (),
    ) -> Update:
        """Answer with something that is not parsed."""
        return self.decide(None, self.response(status, headers, body, redirects))

    def fail(self, reason: str, status: int | None = None) -> Update:
        """Give no usable answer."""
        return self.decide(None, Failure(reason=reason, message=f"it was {reason}", at=self.now, status=status))

    def response(
        self,
        status: int,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        redirects: Sequence[tuple[int, str]] = (),
    ) -> Response:
        hops = tuple(Redirect(status=code, location=target) for code, target in redirects)
        return Response(
            address=self.feed.address,
            final_address=hops[-1].location if hops else self.feed.address,
            status=status,
            headers=dict(headers or {}),
            body=body,
            redirects=hops,
            received_at=self.now,
        )

    def decide(self, parsed: ParsedFeed | None, answer: Response | Failure) -> Update:
        known = Known(feed=self.feed, entries=tuple(self.known.values()))
        update = decide_update(known, parsed, answer, self.now, self.policy)
        self.feed = update.feed
        for choice in update.choices:
            self.known[choice.entry_id] = KnownEntry(choice.entry_id, choice.post_id, choice.entry_digest)
        return update


@pytest.fixture
def poller() -> Poller:
    """A feed never asked before, under a policy without scatter."""
    return Poller(Policy(jitter=0.0))


@pytest.fixture
def scattered() -> Poller:
    """A feed never asked before, under the default policy."""
    return Poller(Policy())
