"""How far an act has come, and whether it is denied."""

from collections.abc import Mapping, Sequence
from typing import Final, cast

from broadsheet.annotate.cues import Cue
from broadsheet.model import Event, Stage

_STOPS: Final[tuple[Stage, ...]] = ("terminated", "paused")
"""What ends an act decides before everything else."""

_MODAL: Final[frozenset[str]] = frozenset({"considering", "planned", "talks"})
"""Of what has not come about, the word that stands first decides, and it holds for the clauses after it."""

_REALISED: Final[tuple[Stage, ...]] = ("approval", "intent", "agreement", "completed")
"""Of what has come about, the weakest word counts."""

_DEAL: Final = frozenset(
    {
        "acquisition",
        "stake",
        "partnership",
        "joint_venture",
        "investment",
        "financing",
        "listing",
        "buyback_dividend",
        "capacity",
        "layoffs",
    }
)
_DEFAULT: Final[Mapping[str, Stage]] = {"market_view": "none", "buyback_dividend": "planned"}


def stage_of(event: Event, cues: Sequence[Cue], inherited: Stage | None) -> Stage:
    """Decide the stage of an act from the stage cues of its clause; `inherited` comes from the clause before."""
    if event == "market_view":
        return "none"
    values = {cue.value for cue in cues} if cues else ()
    said = told_stage(cues)
    if said == "talks" and event == "listing":
        said = "considering"  # a firm talks with its advisers about a listing
    if said is None and inherited is not None and "announced" not in values:
        said = inherited
    if said is None and "announced" in values:
        said = "planned" if event in _DEAL else "completed"
    return said or _DEFAULT.get(event, "completed")


def stop_of(cues: Sequence[Cue]) -> Stage | None:
    """Say whether the cues of a clause end or halt an act."""
    return _first_of(_STOPS, cues) if cues else None


def told_stage(cues: Sequence[Cue]) -> Stage | None:
    """Say which stage the cues of a clause tell, if they do; an end that is only considered is none."""
    if not cues:
        return None
    modal = modal_of(cues)
    if modal != "considering" and (stop := stop_of(cues)):
        return stop
    return modal or _first_of(_REALISED, cues)


def modal_of(cues: Sequence[Cue]) -> Stage | None:
    """Say which stage a clause hands on to the clauses after it in its sentence."""
    spoken = [cue.value for cue in cues if cue.value in _MODAL] if cues else None
    return cast("Stage", spoken[0]) if spoken else None


def _first_of(stages: Sequence[Stage], cues: Sequence[Cue]) -> Stage | None:
    values = [cue.value for cue in cues]
    found = [stage for stage in stages if stage in values]
    return found[0] if found else None
