"""What an act is about: the taxonomy of events, from the cues of a clause."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from msgspec import Struct

from broadsheet.annotate.cues import WEAK, Cue
from broadsheet.model import Event

_TRANSFER: Final = "transfer"
_TRANSFERS: Final = frozenset({_TRANSFER, _TRANSFER + WEAK})
_OUTLOOK: Final = "outlook"
_SHARE: Final = re.compile(r"([\d.]+)\s*[%％](?:的)?(?:股权|股份|权益|股本|已发行)?")
_CONTROL: Final = 50
_WHOLE: Final = re.compile(r"控股权|控制权|全部股权|全部股份|整体|全资|100[%％]|majority|control|entire|whole|all of")
_MINORITY: Final = re.compile(
    r"部分(?:的)?股权|部分股份|少数股权|小股东|剩余(?=.{0,4}?(?:股|权益|份额))|(?:万|亿|\d)股|[老旧]股|股份(?!有限)|(?<!全)(?<!以)(?<!加)股票(?!交易|对价|支付)|minority|stake|shares"
)
_ORDER: Final[tuple[str, ...]] = (
    "market_view",
    "layoffs",
    "joint_venture",
    "acquisition",
    "stake",
    "legal_regulatory",
    "personnel",
    "buyback_dividend",
    "listing",
    "financing",
    "partnership",
    "contract",
    "results",
    "capacity",
    "investment",
    "product",
    "other",
)


class Act(Struct, frozen=True):
    """An act that a clause names; `weak` where its cue alone is no proof."""

    event: Event
    weak: bool
    outlook: bool
    vague: bool


def needs_words(cues: Sequence[Cue]) -> bool:
    """Tell whether the acts of cues depend on the other words of their clause."""
    return not _TRANSFERS.isdisjoint([cue.value for cue in cues])


def acts_in(words: str, cues: Sequence[Cue]) -> tuple[Act, ...]:
    """Name the acts of a clause, the one it is most about first; `words` is it without the names of companies."""
    return _acts(tuple([cue.value for cue in cues]), transfer_event(words) if needs_words(cues) else None)


@lru_cache(maxsize=1024)
def _acts(values: Sequence[str], transfer: tuple[Event, bool] | None) -> tuple[Act, ...]:
    """Name the acts of cues by their values alone: what a transfer is has been told."""
    acts: dict[str, Act] = {}
    for cue in values:
        value = cue.rstrip(WEAK)
        event, vague = _event(value, transfer)
        act = Act(event, cue.endswith(WEAK), value == _OUTLOOK, vague)
        if event not in acts or acts[event].weak:
            acts[event] = act
    return tuple(sorted(acts.values(), key=lambda act: (act.weak, _ORDER.index(act.event))))


def _event(value: str, transfer: tuple[Event, bool] | None) -> tuple[Event, bool]:
    if value == _OUTLOOK:
        return "market_view", False
    if value == _TRANSFER and transfer:
        return transfer
    return value, False  # type: ignore[return-value]


def transfer_event(clause: str) -> tuple[Event, bool]:
    """Tell a purchase of control or of the whole from one of a part; whether the words leave it open."""
    if _WHOLE.search(clause):
        return "acquisition", False
    if shares := [float(found) for found in _SHARE.findall(clause) if found.replace(".", "", 1).isdigit()]:
        return ("acquisition" if max(shares) >= _CONTROL else "stake"), False
    if _MINORITY.search(clause):
        return "stake", False
    return "acquisition", True
