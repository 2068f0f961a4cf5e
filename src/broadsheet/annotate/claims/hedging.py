"""Hedges of claims: what a text takes back of them, in their own sentence or in one of the same source after it."""

from collections import deque
from collections.abc import Sequence
from typing import Final

from broadsheet.annotate.claims.acts import Said
from broadsheet.annotate.claims.passage import Passage
from broadsheet.annotate.claims.sources import Speaker

_OPEN: Final = frozenset({"considering", "planned", "talks", "intent", "approval"})
_TALKS: Final = "talks"


def hedges_of(
    passage: Passage, behind: Sequence[Sequence[Speaker]], groups: Sequence[Sequence[Said]]
) -> list[tuple[str, ...]]:
    """List the hedges of each claim, in the order of `groups`.

    A sentence that says no act of its own hedges what its source said before and has not come about: talks before all
    else, then what was said last.
    """
    if not passage.cues.of("hedges"):
        return [()] * len(groups)
    hedged: list[list[str]] = [[] for _ in groups]
    own: dict[int, list[int]] = {}
    for place, group in enumerate(groups):
        for sentence in {one.sentence for one in group}:
            own.setdefault(sentence, []).append(place)
    coming = deque(enumerate(groups))
    open_claims: dict[str, tuple[bool, int]] = {}
    for cue in passage.cues.of("hedges"):
        while coming and coming[0][1][0].sentence < cue.sentence:
            _leave_open(open_claims, *coming.popleft())
        taken_up = open_claims.get(behind[cue.sentence][cue.clause].source)
        for place in own.get(cue.sentence) or ([taken_up[1]] if taken_up else []):
            hedged[place].append(cue.value)
    return [tuple(dict.fromkeys(values)) for values in hedged]


def _leave_open(open_claims: dict[str, tuple[bool, int]], place: int, group: Sequence[Said]) -> None:
    """Keep of each source the claim that a later sentence takes up."""
    first = group[0]
    if first.stage in _OPEN:
        source, claim = first.speaker.source, (first.stage == _TALKS, place)
        open_claims[source] = max(claim, open_claims.get(source, claim))
