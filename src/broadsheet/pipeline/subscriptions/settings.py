"""What a paper's owner chooses for one feed."""

from datetime import datetime

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import replace

from broadsheet.errors import BusyError, ConfigError
from broadsheet.model import Feed, FullTextChoice, Standing
from broadsheet.store import Store

LEASE_S = 60
CHOICES: tuple[FullTextChoice, ...] = ("auto", "always", "never")
AS_THE_PAPER = "paper"


class FeedChanges(Struct, frozen=True, kw_only=True):
    """What shall change, None for what stays; an empty `title` gives the feed its own name back.

    `fulltext` is a choice, or "paper" for what holds for the paper.
    """

    title: str | None = None
    section: tuple[str, ...] | None = None
    fulltext: str | None = None
    paused: bool | None = None


def change_feed(store: Store, key: str, changes: FeedChanges, now: datetime) -> Feed:
    """Change what its owner chose for the feed with this id or address; returns it as it is now.

    Raises:
        ConfigError: a value is none that can be chosen.
        NotFoundError: there is no such feed.
        BusyError: it is being polled right now.
    """
    choice = _choice(changes.fulltext)
    feed = store.feed(key)
    claimed = store.claim([feed.id], now, LEASE_S)
    if not claimed:
        raise BusyError(feed.label, "it is being polled right now, nothing was changed: try again in a minute")
    feed = claimed[0]
    changed = replace(
        feed,
        name=feed.name if changes.title is None else changes.title.strip() or None,
        section=feed.section if changes.section is None else changes.section,
        fulltext=feed.fulltext if isinstance(choice, UnsetType) else choice,
        state=replace(feed.state, standing=_standing(feed.state.standing, changes.paused)),
    )
    store.save_feed(changed)
    return changed


def _choice(said: str | None) -> FullTextChoice | UnsetType | None:
    if said is None:
        return UNSET
    if said == AS_THE_PAPER:
        return None
    for choice in CHOICES:
        if said == choice:
            return choice
    raise ConfigError("--fulltext", f"{said!r} is no choice; use {', '.join(CHOICES)} or {AS_THE_PAPER}")


def _standing(standing: Standing, paused: bool | None) -> Standing:
    """An active feed can rest; one that rests, or was given up for gone, can be asked again. Others ask nobody."""
    if paused is None:
        return standing
    if paused:
        return "paused" if standing == "active" else standing
    return "active" if standing in ("paused", "gone") else standing
