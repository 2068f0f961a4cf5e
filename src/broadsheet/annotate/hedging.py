"""Hedges of claims: what a text takes back of them, in their own sentence or in one of the same source after it."""

from collections.abc import Sequence
from typing import Final

from broadsheet.annotate.acts import Said
from broadsheet.annotate.passage import Passage
from broadsheet.annotate.sources import Speaker

_OPEN: Final = frozenset({"considering", "planned", "talks", "intent", "approval"})
_TALKS: Final = "talks"


def hedges_of(
    passage: Passage, behind: Sequence[Sequence[Speaker]], groups: Sequence[Sequence[Said]]
) -> list[tuple[str, ...]]:
    """List the hedges of each claim, in the order of `groups`.

    A sentence that says no act of its own hedges what its source said before and has not come about: talks before all
    else, then what was said last.
    """
    hedged: list[list[str]] = [[] for _ in groups]
    own = {one.sentence for group in groups for one in group}
    for cue in passage.cues.of("hedges"):
        if cue.sentence in own:
            meant = [
                place for place, group in enumerate(groups) if any(one.sentence == cue.sentence for one in group)
            ]
        else:
            meant = _taken_up(groups, cue.sentence, behind[cue.sentence][cue.clause].source)
        for place in meant:
            hedged[place].append(cue.value)
    return [tuple(dict.fromkeys(values)) for values in hedged]


def _taken_up(groups: Sequence[Sequence[Said]], sentence: int, source: str) -> list[int]:
    """Say which claim a sentence takes up, if any."""
    before = [
        (group[0].stage == _TALKS, place)
        for place, group in enumerate(groups)
        if group[0].sentence < sentence and group[0].stage in _OPEN and group[0].speaker.source == source
    ]
    return [max(before)[1]] if before else []
