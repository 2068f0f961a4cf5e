"""The life of a claim across posts: first said, repeated, asked, answered, confirmed, denied, completed."""

from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from broadsheet.model.facts import Annotations, Answer, Claim, Event, Precision, Source, Stage, Status
from broadsheet.model.moments import require_utc
from broadsheet.model.posts import hex10

StepKind = Literal[
    "said", "repeated", "advanced", "asked", "answered", "confirmed", "denied", "completed", "terminated"
]

Turn = Literal["answer", "second_root", "confirmation", "denial", "announcement", "completion", "termination"]
"""What would change where a claim stands: a word of a party, another who heard it himself, or what comes of it."""

OPEN_STATUSES: Final[tuple[Status, ...]] = ("rumour", "in_talks", "reported")
"""Where a claim stands that nothing has settled yet."""

_REACHES: Final[tuple[Stage, ...]] = ("considering", "planned", "intent", "agreement", "approval", "paused")


def watch_id(words: str, since: datetime) -> str:
    """Name a watch by what it waits for and when it was set."""
    return hex10("watch", words, since.isoformat())


def entry_id(post_id: str, start: int, published: datetime) -> str:
    """Name a ledger entry for ever, by the post and the place where its claim was first said, and the UTC day."""
    require_utc(published)
    return f"{published:%Y%m%d}-{hex10('ledger', post_id, str(start))}"


class Party(Struct, frozen=True, array_like=True):
    """Whom a claim is about: the name in the text's words, and the company in the book where it is there."""

    name: str
    company_id: str | None = None


class LedgerPost(Struct, frozen=True, kw_only=True):
    """A post as the ledger reads it: `outlet` is its feed's name, `carries` the post whose text it carries."""

    post_id: str
    feed_id: str
    outlet: str
    published: datetime
    facts: Annotations
    story_id: str | None = None
    carries: str | None = None

    def __post_init__(self) -> None:
        require_utc(self.published)


class Step(Struct, frozen=True, kw_only=True):
    """One thing that happened to a claim: `quote` is `text[start:end]` of the post that tells it.

    `root` names where the report comes from at its deepest (an outlet, a company, anonymous people of one outlet):
    posts of one root count once; "" where none is named. `carried` is True in a post that carries another's
    text. `party` and `answer` belong to who was asked or answered, `asker` is the outlet that the text says asked.
    """

    kind: StepKind
    at: datetime
    post_id: str
    feed_id: str
    start: int
    end: int
    quote: str
    root: str
    source: Source = "unattributed"
    source_name: str | None = None
    stage: Stage = "none"
    carried: bool = False
    party: str | None = None
    answer: Answer | None = None
    asker: str | None = None

    def __post_init__(self) -> None:
        require_utc(self.at)


class PastAgreement(Struct, frozen=True, kw_only=True):
    """An older deal between the same parties: background of a claim, never its confirmation."""

    post_id: str
    start: int
    end: int
    quote: str
    event: Event
    value: str | None = None
    precision: Precision = "vague"


class Grounds(Struct, frozen=True, kw_only=True):
    """Why a claim stands where it stands, and what would change it: what a line of words is made from.

    `by` is the number of the step that decided, `official` whether that is a party's own word or a record. `sources`
    are the kinds of source that told it. `silent` are the parties that were asked and did not answer, `unheard` those
    of which nobody says that they were asked. `overruled` is what it was by a step that others set aside.
    """

    by: int = 0
    official: bool = False
    sources: tuple[Source, ...] = ()
    silent: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    overruled: tuple[Status, ...] = ()
    turns: tuple[Turn, ...] = ()


class LedgerEntry(Struct, frozen=True, kw_only=True):
    """One claim and its life: `steps` in order of time, the first of them the first that said it.

    `claim` is as it was first said; `status` is where it stands after all steps. `roots` are the independent roots
    that said it, "" alone where none is named. `last_at` is when anything was last told of it: it has been silent
    since. `grounds` says why it stands there; `keys` find the entries that may be the same.
    """

    id: str
    event: Event
    parties: tuple[Party, ...]
    claim: Claim
    status: Status
    stage: Stage
    steps: tuple[Step, ...]
    roots: tuple[str, ...]
    stories: tuple[str, ...] = ()
    past: tuple[PastAgreement, ...] = ()
    hedges: tuple[str, ...] = ()
    grounds: Grounds = Grounds()
    keys: tuple[str, ...] = ()

    @property
    def first_at(self) -> datetime:
        """When it was first said, in UTC."""
        return self.steps[0].at

    @property
    def last_at(self) -> datetime:
        """When anything was last told of it, in UTC."""
        return self.steps[-1].at

    @property
    def decisive(self) -> Step:
        """The step to which it owes its status."""
        return self.steps[self.grounds.by]

    @property
    def reach(self) -> str | None:
        """How far it has come, where its status does not say that; "own_plan" is what a party itself means to do."""
        if self.stage == "planned" and self.grounds.official:
            return "own_plan"
        return self.stage if self.stage in _REACHES else None

    @property
    def is_open(self) -> bool:
        """Whether nothing has settled it yet."""
        return self.status in OPEN_STATUSES

    def silent_days(self, now: datetime) -> int:
        """For how many whole days nothing was told of it."""
        return max((now - self.last_at).days, 0)


class LedgerChanges(Struct, frozen=True, kw_only=True):
    """What reading posts changed: entries new or changed, and the ids of those that are no more."""

    entries: tuple[LedgerEntry, ...] = ()
    ended: tuple[str, ...] = ()


class LedgerChange(Struct, frozen=True, kw_only=True):
    """What became of an entry: where it stood `before` (None: it is new), where it stands `after`, by which step.

    `number` grows with every change; `at` is when the paper learnt of it, `entry` what the entry is by now.
    """

    number: int
    at: datetime
    before: Status | None
    after: Status
    step: Step
    entry: LedgerEntry

    def __post_init__(self) -> None:
        require_utc(self.at)


class LedgerRef(Struct, frozen=True, array_like=True):
    """The least that laying out pages needs of a ledger entry; `digest` changes whenever anything of it does.

    `alone` are the posts outside every story that tell it.
    """

    id: str
    digest: str
    status: Status
    first_at: datetime
    last_at: datetime
    companies: tuple[str, ...]
    stories: tuple[str, ...]
    alone: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_utc(self.first_at, self.last_at)


class Watch(Struct, frozen=True, kw_only=True):
    """What a person wants to hear of: claims that name all of these companies or words, from `since` on.

    `statuses` narrows it to changes into one of them; `webhook` is an address that is told of every change, signed
    with `secret` if there is one.
    """

    id: str
    words: str
    parties: tuple[Party, ...]
    since: datetime
    statuses: tuple[Status, ...] = ()
    webhook: str | None = None
    secret: str | None = None

    def __post_init__(self) -> None:
        require_utc(self.since)


class WatchChange(Struct, frozen=True, kw_only=True):
    """A change that a watch hears of, as its feed and its webhook tell it: `text` is a line in the paper's language.

    `quote` are the words of the post that brought it, `story_id` is that post's story.
    """

    watch_id: str
    at: datetime
    text: str
    entry_id: str
    status: Status
    post_id: str
    quote: str = ""
    before: Status | None = None
    story_id: str | None = None

    def __post_init__(self) -> None:
        require_utc(self.at)


class Heard(Struct, frozen=True, kw_only=True):
    """What a watch heard of since it was set, the newest first; `words` are what it waits for."""

    watch_id: str
    words: str
    since: datetime
    changes: tuple[WatchChange, ...] = ()

    def __post_init__(self) -> None:
        require_utc(self.since)
