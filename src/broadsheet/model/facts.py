"""Facts found in the text of a post, each with its exact words: `text[start:end] == surface`, in code points."""

from typing import Literal, TypeAlias

from msgspec import Struct

CompanyRelation = Literal["issuer", "subsidiary", "parent", "jv", "unlisted", "unknown"]
Direction = Literal["up", "down", "flat"]
Unit = Literal["%", "point", "price_cny", "price_hkd", "price_usd", "multiple", "none"]
Operator = Literal["eq", "over", "near", "about", "range", "none", "limit_up", "limit_down"]
Statistic = Literal["open", "high", "low", "close", "noon", "last", "cumulative", "ytd", "since_issue", "limit"]
Session = Literal["pre", "regular", "post", "unknown"]
Event = Literal[
    "acquisition",
    "stake",
    "partnership",
    "joint_venture",
    "investment",
    "financing",
    "listing",
    "buyback_dividend",
    "results",
    "product",
    "capacity",
    "contract",
    "personnel",
    "layoffs",
    "legal_regulatory",
    "market_view",
    "other",
]
Stage = Literal[
    "considering",
    "planned",
    "talks",
    "intent",
    "agreement",
    "approval",
    "completed",
    "paused",
    "terminated",
    "none",
]
Polarity = Literal["affirmed", "denied"]
Source = Literal[
    "anonymous",
    "market_rumour",
    "outlet",
    "own_reporting",
    "company",
    "filing",
    "regulator",
    "named_person",
    "analyst",
    "data_vendor",
    "unattributed",
]
Status = Literal[
    "confirmed",
    "denied",
    "view",
    "terminated",
    "in_talks",
    "rumour",
    "reported",
    "completed",
    "announced",
]
Answer = Literal["no_reply", "no_comment", "denied", "partly_denied", "confirmed", "unaware", "defer"]
Precision = Literal["day", "month", "quarter", "half", "year", "vague"]


class Mention(Struct, frozen=True, kw_only=True):
    """A company named: `company` is its name in the book and `company_id` its id there, null where it is not in it.

    `security` is the listing meant, null where none is or several could be; `securities` are all that the
    issuer has.
    """

    start: int
    end: int
    surface: str
    company: str | None = None
    company_id: str | None = None
    security: str | None = None
    securities: tuple[str, ...] = ()
    relation: CompanyRelation = "unknown"


class MoveReport(Struct, frozen=True, kw_only=True):
    """A price move as reported: `value` as printed (14 for 14%), `instrument` in the text's own words."""

    start: int
    end: int
    surface: str
    instrument: str | None
    security: str | None = None
    direction: Direction
    value: float | None = None
    value_high: float | None = None
    unit: Unit = "none"
    operator: Operator = "none"
    statistic: Statistic = "last"
    session: Session = "regular"


class Claim(Struct, frozen=True, kw_only=True):
    """What a text says that a company did or will do, who said so, and how far it has come."""

    start: int
    end: int
    quote: str
    event: Event
    parties: tuple[str, ...] = ()
    stage: Stage = "none"
    polarity: Polarity = "affirmed"
    source: Source = "unattributed"
    source_name: str | None = None
    hedges: tuple[str, ...] = ()
    status: Status = "announced"


class Reply(Struct, frozen=True, kw_only=True):
    """What a company answered that was asked about a report or accused in it; silence is an answer too."""

    start: int
    end: int
    quote: str
    party: str
    response: Answer


class Origin(Struct, frozen=True, kw_only=True):
    """An outlet or agency that a text says its report comes from; `byline` where it is the feed's own line."""

    start: int
    end: int
    quote: str
    outlet: str
    byline: bool = False


class DateMention(Struct, frozen=True, kw_only=True):
    """A date named: ISO 8601, as much of it as the text and its day of publication give, never more."""

    start: int
    end: int
    surface: str
    value: str | None
    precision: Precision


Fact: TypeAlias = Mention | MoveReport | Claim | Reply | Origin | DateMention


class Annotations(Struct, frozen=True, kw_only=True):
    """All facts of one text, each kind in the order of the text."""

    language: str
    text: str
    mentions: tuple[Mention, ...] = ()
    moves: tuple[MoveReport, ...] = ()
    claims: tuple[Claim, ...] = ()
    responses: tuple[Reply, ...] = ()
    origins: tuple[Origin, ...] = ()
    dates: tuple[DateMention, ...] = ()
