"""One poll's verdict: the feed as it shall be stored, and the entries worth keeping."""

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from msgspec.structs import replace

from broadsheet.decide.clock import put_right, watch
from broadsheet.decide.digests import body_digest
from broadsheet.decide.entries import choose_entries
from broadsheet.decide.moves import is_believed, seen_move
from broadsheet.decide.notices import failure_notice
from broadsheet.decide.push import hubs_of, last_unheard, topic_of
from broadsheet.decide.schedule import Wait, due_after, failed_wait, healthy_wait, past_skipped, rhythm_s
from broadsheet.model import (
    Failure,
    Feed,
    FeedState,
    Known,
    Notice,
    Outcome,
    ParsedEntry,
    ParsedFeed,
    Policy,
    Response,
    Update,
    Validators,
)

DEFAULT_POLICY = Policy()
_PHRASES = {status.value: status.phrase for status in HTTPStatus}


def decide_update(
    known: Known,
    parsed: ParsedFeed | None,
    answer: Response | Failure,
    now: datetime,
    policy: Policy = DEFAULT_POLICY,
) -> Update:
    """Decide what a poll changes; `now` (UTC) dates what the feed does not date itself.

    `parsed` may be None for an answer without news: a 304, an error status, or a body equal to the last one. A
    document that could not be parsed comes as the `Failure` that says why.
    """
    feed = known.feed
    if isinstance(answer, Failure):
        return _failed(feed, answer, None, policy)
    if answer.status == 304:
        return _not_modified(known, answer, policy)
    if not 200 <= answer.status < 300:
        return _failed(feed, _status_failure(answer), answer, policy)
    if parsed is not None:
        return _read(known, parsed, answer, now, policy)
    if body_digest(answer.body) == feed.state.body_digest:
        state = replace(feed.state, validators=_validators(feed, answer))
        same = replace(known, feed=replace(feed, state=state))
        return _well(same, answer, "unchanged", policy, _lasting_advice(feed))
    return _failed(feed, _failure("unread", "the answer was not read as a feed", answer), answer, policy)


def _read(known: Known, parsed: ParsedFeed, answer: Response, now: datetime, policy: Policy) -> Update:
    feed = _described(known.feed, parsed)
    entries: Sequence[ParsedEntry] = parsed.entries
    choices, unchanged = choose_entries(feed.id, known.entries, entries, now)
    watched = watch(feed, choices, answer.received_at)
    if watched.clock:
        entries = [put_right(entry, watched.clock) for entry in entries]
        choices, unchanged = choose_entries(feed.id, known.entries, entries, now)
    state = replace(
        watched,
        validators=_validators(feed, answer),
        body_digest=body_digest(answer.body),
        last_changed=feed.state.last_changed if feed.state.last_changed and not choices else answer.received_at,
        interval_s=rhythm_s(entries, now, policy),
        ttl_minutes=parsed.ttl_minutes,
        skip_hours=parsed.skip_hours,
        skip_days=parsed.skip_days,
        format=parsed.format,
        hubs=hubs_of(parsed, answer),
        topic=topic_of(parsed, answer),
        unheard_at=last_unheard(known.push, feed.state, bool(choices), answer.received_at),
        repairs=parsed.repairs,
    )
    read = replace(known, feed=replace(feed, state=state))
    update = _well(read, answer, "changed" if choices else "unchanged", policy, _advice(feed, parsed))
    found = None if feed.state.clock else watched.clock
    return replace(update, choices=choices, unchanged=unchanged, clock=found)


def _described(feed: Feed, parsed: ParsedFeed) -> Feed:
    """The feed with what its document says of it."""
    return replace(
        feed,
        title=parsed.title or feed.title,
        link=parsed.link or feed.link,
        language=parsed.language or feed.language,
    )


def _not_modified(known: Known, answer: Response, policy: Policy) -> Update:
    """A 304 replaces only the validators that it brings (RFC 9110, section 15.4.5)."""
    feed = known.feed
    old, new = feed.state.validators, _validators(feed, answer)
    validators = replace(new, etag=new.etag or old.etag, last_modified=new.last_modified or old.last_modified)
    renewed = replace(feed, state=replace(feed.state, validators=validators))
    return _well(replace(known, feed=renewed), answer, "not-modified", policy, _lasting_advice(feed))


def _well(known: Known, answer: Response, outcome: Outcome, policy: Policy, advice: Notice | None) -> Update:
    """Settle a feed that answered well: its move, its health, and when it is due."""
    feed = known.feed
    wait = healthy_wait(feed.state, answer, policy, known.push)
    state = replace(
        _polled(feed, wait, answer.received_at, policy),
        standing="active" if feed.state.standing == "gone" else feed.state.standing,
        last_status=answer.status,
        failures=0,
        failure=None,
        advice=advice,
        move=seen_move(feed, answer),
    )
    return Update(feed=_moved(replace(feed, state=state), answer, policy), outcome=outcome)


def _failed(feed: Feed, failure: Failure, answer: Response | None, policy: Policy) -> Update:
    """Count a failure: nothing that is known is given up, and the wait grows."""
    failures = feed.state.failures + 1
    wait = failed_wait(failures, failure, answer, policy)
    state = replace(
        _polled(feed, wait, failure.at, policy),
        last_status=failure.status,
        failures=failures,
        failure=failure,
        advice=failure_notice(failure, failures, wait),
    )
    if failure.status == 410:
        state = replace(state, standing="gone", next_due=None, due_reason="the server says that it is gone for good")
    elif failure.status == 404 and failures >= policy.lost_polls:
        state = replace(state, standing="gone", next_due=None, due_reason="it was not found for months")
        state = replace(state, advice=Notice(code="lost"))
    return Update(feed=replace(feed, state=state), outcome="failed")


def _polled(feed: Feed, wait: Wait, at: datetime, policy: Policy) -> FeedState:
    if feed.state.standing == "imported":
        return replace(feed.state, last_polled=at, next_due=None, due_reason="it was imported and is never asked")
    due = due_after(wait, feed, at, policy)
    open_due = past_skipped(due, feed.state.skip_hours, feed.state.skip_days)
    reason = wait.reason if open_due == due else f"{wait.reason}, and the feed skips the hours or days after that"
    return replace(feed.state, last_polled=at, next_due=open_due, due_reason=reason)


def _validators(feed: Feed, answer: Response) -> Validators:
    return Validators(
        etag=answer.headers.get("etag") or None,
        last_modified=answer.headers.get("last-modified") or None,
        address=None if answer.final_address == feed.address else answer.final_address,
    )


def _moved(feed: Feed, answer: Response, policy: Policy) -> Feed:
    """Take over a believed move; validators belong to the old address and go with it."""
    move = feed.state.move
    if move is None or not is_believed(move, answer, policy):
        return feed
    advice = Notice(code="moved", values={"before": feed.address, "now": move.target})
    return replace(
        feed, address=move.target, state=replace(feed.state, move=None, validators=Validators(), advice=advice)
    )


def _advice(feed: Feed, parsed: ParsedFeed) -> Notice | None:
    """A new address in the document is advice to a person; only the server's own redirects move a feed."""
    if parsed.new_address is None or parsed.new_address == feed.address:
        return None
    return Notice(code="new-address", values={"now": parsed.new_address})


def _lasting_advice(feed: Feed) -> Notice | None:
    """What was advised stands until the next document; what was said of a failure ends with it."""
    return None if feed.state.failures else feed.state.advice


def _status_failure(answer: Response) -> Failure:
    status = answer.status
    return _failure(f"http-{status}", f"the server answered {status} {_PHRASES.get(status, '')}".rstrip(), answer)


def _failure(reason: str, message: str, answer: Response) -> Failure:
    return Failure(reason=reason, message=message, at=answer.received_at, status=answer.status)
