"""Permanent redirects: believed when several polls over a day agree."""

from datetime import timedelta

from broadsheet.model import Feed, Move, Policy, Response

PERMANENT = frozenset({301, 308})


def permanent_target(answer: Response) -> str | None:
    """Where an address has moved for good: the chain's permanent hops, up to its first temporary one."""
    target = None
    for hop in answer.redirects:
        if hop.status not in PERMANENT:
            break
        target = hop.location
    return None if target == answer.address else target


def seen_move(feed: Feed, answer: Response) -> Move | None:
    """Count this poll for the move that it shows; a poll that shows none, or another, starts again.

    Where somebody else was asked in the feed's place, it is not the feed that moved.
    """
    target = permanent_target(answer)
    if target is None or answer.address != feed.address:
        return None
    move = feed.state.move
    if move is None or move.target != target:
        return Move(target=target, seen=1, since=answer.received_at)
    return Move(target=target, seen=move.seen + 1, since=move.since)


def is_believed(move: Move | None, answer: Response, policy: Policy) -> bool:
    """Tell whether a move has been seen often and long enough to follow it for good."""
    if move is None or move.seen < policy.move_polls:
        return False
    return answer.received_at - move.since >= timedelta(seconds=policy.move_s)
