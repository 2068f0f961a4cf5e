"""Which claims of posts are one: of one family of events, of the same parties, the same way, of the same thing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final

from broadsheet.group.ledger.told import DEALS, LASTING, Told, contained
from broadsheet.model import CompanyTie

WINDOW: Final = timedelta(days=180)
"""So long after a claim was told last, what another story tells of the same parties goes on with it."""

_ONE_BODY: Final = frozenset({"parent", "controls", "subsidiary"})
_LOOSE: Final = LASTING | {"personnel", "buyback_dividend", "legal_regulatory", "capacity", "results"}
_PAIR: Final = 2
_VAGUE: Final = frozenset({"partnership", "contract"})
_FAINT: Final = 0.25
_ALIKE: Final = 0.3
_CLOSE: Final = 0.5
_SAME: Final = 0.7
_SHORTEST: Final = 3
_SETTLED: Final = frozenset({"completed", "terminated"})
_BEGINNING: Final = frozenset({"considering", "planned", "talks"})


class Kin:
    """Companies that stand for each other in one story: a parent without a listing and its listed child."""

    def __init__(self, ties: Iterable[CompanyTie]) -> None:
        pairs = {frozenset((tie.company, tie.other)) for tie in ties if tie.tie in _ONE_BODY}
        self._pairs = pairs

    def akin(self, one: str, other: str) -> bool:
        """Whether two keys of parties can mean one counterpart."""
        if one == other or frozenset((one, other)) in self._pairs:
            return True
        least, most = sorted((one.lstrip("~"), other.lstrip("~")), key=len)
        return one.startswith("~") and other.startswith("~") and len(least) >= _SHORTEST and least in most

    def shared(self, ones: Sequence[str], others: Sequence[str], *, closely: bool = False) -> int:
        """Count the parties of one claim that are parties of another, each once; `closely` takes no kin for them."""
        left = [key for key in others if key not in ones]
        same = sum(key in others for key in ones)
        for key in () if closely else (key for key in ones if key not in others):
            found = next((other for other in left if self.akin(key, other)), None)
            if found is not None:
                left.remove(found)
                same += 1
        return same

    def known_apart(self, ones: Sequence[str], others: Sequence[str]) -> bool:
        """Whether each has a party in the book that is none of the other's."""
        return all(
            any(not key.startswith("~") and not any(self.akin(key, it) for it in theirs) for key in mine)
            for mine, theirs in ((ones, others), (others, ones))
        )


def gather(told: Sequence[Told], kin: Kin) -> list[list[Told]]:
    """Put claims together that are one, in the order of time; each goes where it is likest."""
    found: list[list[Told]] = []
    said: list[dict[tuple[str, str, tuple[str, ...]], Told]] = []
    places: dict[str, dict[int, None]] = {}
    for one in told:
        numbers = sorted({number for key in one.keys for number in places.get(key, ())})
        likest = max(
            ((_likeness(one, tuple(said[number].values()), found[number][-1], kin), -number) for number in numbers),
            default=(0.0, 0),
        )
        place = -likest[1] if likest[0] else len(found)
        if place == len(found):
            found.append([])
            said.append({})
        found[place].append(one)
        said[place].setdefault((one.story, one.claim.quote, one.who), one)
        for key in one.keys:
            places.setdefault(key, {})[place] = None
    return found


def _likeness(one: Told, entry: Sequence[Told], last: Told, kin: Kin) -> float:
    """Say how surely a claim is that of an entry, of which `last` was told last; 0 where it is another.

    What copies repeat stands in `entry` once.
    """
    if any(_opposed(one, other) for other in entry):
        return 0.0
    inside = [other for other in entry if other.story == one.story]
    if inside:
        return max(_in_story(one, other, kin) for other in inside)
    if one.post.published - last.post.published > WINDOW or _begins_anew(one, entry):
        return 0.0
    return max(_across(one, other, kin) for other in entry)


def _opposed(one: Told, other: Told) -> bool:
    """Whether two claims go opposite ways, or name different things of one kind."""
    if one.way and other.way and one.way == other.way[::-1]:
        return True
    mine, theirs = _by_kind(one.things), _by_kind(other.things)
    return any(not mine[kind] & theirs[kind] for kind in mine.keys() & theirs.keys())


def _by_kind(things: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind, name in things:
        found.setdefault(kind, set()).add(name)
    return found


def _begins_anew(one: Told, entry: Sequence[Told]) -> bool:
    """Whether a claim begins a new round of what was done, or ended, before."""
    return one.claim.stage in _BEGINNING and any(other.claim.stage in _SETTLED for other in entry)


def _in_story(one: Told, other: Told, kin: Kin) -> float:
    """Hold claims of one story against each other; those of one post differ, unless they say the same."""
    likeness = contained(one.words, other.words)
    shared = kin.shared(one.who, other.who)
    here = one.post.post_id == other.post.post_id
    if not here and one.is_word_for_word(other) and not kin.known_apart(one.who, other.who):
        return 1 + likeness
    if one.family != other.family:
        return likeness if shared >= _PAIR and likeness >= _FAINT and not here else 0.0
    if not one.who or not other.who:
        return likeness if likeness >= _CLOSE else 0.0
    if one.family == DEALS:
        apart = kin.known_apart(one.who, other.who)
        return 0.0 if shared < _PAIR and apart else _of_deals(one, other, shared, likeness, here=here)
    least = _ALIKE if one.family in _LOOSE and not here else _CLOSE
    return likeness if shared and likeness >= least else 0.0


def _of_deals(one: Told, other: Told, shared: int, likeness: float, *, here: bool) -> float:
    """Hold deals against each other: another counterpart makes another deal; one that is not named again does not."""
    if shared >= _PAIR:
        return 1 + likeness
    bare = min(len(one.who), len(other.who)) == 1
    if shared and bare and here and {one.claim.event, other.claim.event} <= _VAGUE:
        return max(likeness, _ALIKE)
    return likeness if shared and likeness >= (_CLOSE if bare else _SAME) else 0.0


def _across(one: Told, other: Told, kin: Kin) -> float:
    """Hold claims of two stories against each other: only lasting ones can be one."""
    if one.family != other.family:
        return 0.0
    shared = kin.shared(one.who, other.who, closely=True)
    if one.family == DEALS:
        return 1 + contained(one.words, other.words) if shared >= _PAIR else 0.0
    likeness = contained(one.words, other.words)
    return likeness if shared and likeness >= _CLOSE else 0.0
