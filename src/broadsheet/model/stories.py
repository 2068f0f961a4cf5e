"""Posts about one event: what tells that they belong together, who reported, who copied, and the story they make."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from broadsheet.model.moments import require_utc
from broadsheet.model.posts import hex10

Relation = Literal["copy", "edited-copy", "excerpt", "same-event", "maybe"]
"""How two posts are akin: one carries the text of the other, or both tell of one event, surely or perhaps."""

Role = Literal["report", "copy", "edited-copy", "excerpt"]
"""What a post is in its story: written independently, or carrying another's text."""

Verdict = Literal["together", "apart"]


def story_id(first_report: str, published: datetime) -> str:
    """Name a story for ever, by the id of its first report and the UTC day on which that was published."""
    require_utc(published)
    return f"{published:%Y%m%d}-{hex10('story', first_report)}"


class Sketch(Struct, frozen=True, array_like=True, kw_only=True):
    """What finds a post's kin, small enough to keep for every post; its bytes are the same on every engine.

    `exact` names the whole normalised text (8 bytes of BLAKE2b). The others are runs of little-endian uint32: the
    bands of a MinHash, the hashes of its sentences, and those of its rarest terms. `published` places the post in its
    window.
    """

    post_id: str
    feed_id: str
    published: datetime
    exact: bytes
    bands: bytes
    sentences: bytes
    terms: bytes

    def __post_init__(self) -> None:
        require_utc(self.published)


class PostText(Struct, frozen=True, kw_only=True):
    """What grouping reads of a post: `text` is as in `CleanEntry`, `image` the perceptual hash of its head image."""

    post_id: str
    feed_id: str
    published: datetime
    language: str | None
    title: str
    text: str
    image: str | None = None

    def __post_init__(self) -> None:
        require_utc(self.published)


class Reason(Struct, frozen=True, array_like=True):
    """One thing that two posts share or contradict: `words` are theirs, `weight` is in log-odds, negative against."""

    kind: str
    words: tuple[str, ...] = ()
    weight: float = 0.0


class Edge(Struct, frozen=True, kw_only=True):
    """Two posts that are akin, the earlier `first` (of one moment: the lesser id), and why.

    `score` is the probability that they tell of one event; `share` is how much of the carrying post's text is the
    other's, 0 to 1, where the relation is one of carrying.
    """

    first: str
    second: str
    relation: Relation
    score: float
    share: float | None = None
    reasons: tuple[Reason, ...] = ()


class Judgement(Struct, frozen=True, array_like=True):
    """What a person said of two posts: it stands above every edge, and outlives a rework."""

    first: str
    second: str
    verdict: Verdict


class Member(Struct, frozen=True, array_like=True):
    """A post in its story; a copy names the post that it carries, and how much of its text is from there (0 to 1)."""

    post_id: str
    role: Role = "report"
    source: str | None = None
    share: float | None = None


class Background(Struct, frozen=True, array_like=True):
    """An older post about the same parties as a story: `words` are the names that both bear."""

    post_id: str
    words: tuple[str, ...]


class Story(Struct, frozen=True, kw_only=True):
    """Posts about one event, in the order of publication; at least two.

    `id` never changes: `YYYYMMDD-` and ten hexadecimal digits, made from the first report it was begun with.
    `title_of` is the post whose title it bears: its earliest independent report's. `suggested` are stories that may
    be the same, `background` older posts that explain it, what explains most first.
    """

    id: str
    members: tuple[Member, ...]
    title_of: str
    pinned: bool = False
    suggested: tuple[str, ...] = ()
    background: tuple[Background, ...] = ()


class Grouping(Struct, frozen=True, kw_only=True):
    """What grouping decided: stories new or changed, and those that are no more, each with the story it went into.

    A story that fell apart into single posts went nowhere: None.
    """

    stories: tuple[Story, ...] = ()
    ended: tuple[tuple[str, str | None], ...] = ()


class StoryRef(Struct, frozen=True, array_like=True):
    """The least that laying out pages needs of a story; `digest` changes whenever anything shown of it does.

    `posts` are ids in the order of publication; `changed_at` is when the last post joined or left.
    """

    id: str
    digest: str
    first: datetime
    changed_at: datetime
    posts: tuple[str, ...]
    reports: int
    pinned: bool = False

    def __post_init__(self) -> None:
        require_utc(self.first, self.changed_at)

    @property
    def is_alone(self) -> bool:
        """Whether it is one post outside every story, which bears the post's own id."""
        return self.posts == (self.id,)


def story_of_one(post_id: str, published: datetime, digest: str = "") -> StoryRef:
    """Take a post outside every story for the whole of its event, under its own id."""
    return StoryRef(post_id, digest, published, published, (post_id,), 1)
