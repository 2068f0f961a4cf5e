"""Stories: what each is made of, how it was named before, and what people said of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import blake2b
from itertools import groupby

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from broadsheet.errors import NotFoundError, StoreError
from broadsheet.model import Background, Edge, Grouping, Judgement, Member, Sketch, Story, StoryRef, story_id
from broadsheet.store.engines.engine import Engine
from broadsheet.store.kin import edge_of, numbers
from broadsheet.store.ledger import mark_posts
from broadsheet.store.moments import from_us, to_us
from broadsheet.store.rows import Row, json_of

_SKETCH = msgspec.msgpack.Decoder(Sketch)
_ENCODER = msgspec.msgpack.Encoder()
_BACKGROUND = msgspec.msgpack.Decoder(tuple[Background, ...])
_ADVICE = "`broadsheet stories` lists those there are"


class Kin(Struct, frozen=True, kw_only=True):
    """Posts of which stories are to be made again, with all that they can be in one story with, and what ties them.

    `posts` are in the order of publication; `known` are the stories that they make now; `marked` are the posts that
    brought it about.
    """

    posts: tuple[Sketch, ...]
    edges: tuple[Edge, ...]
    judgements: tuple[Judgement, ...]
    known: tuple[Story, ...]
    marked: tuple[int, ...]


Join = Callable[[Kin], Grouping]


def group(engine: Engine, join: Join, now: datetime, least: float, limit: int) -> tuple[Kin, Grouping] | None:
    """Make stories again of a portion of the posts whose edges changed; belongs inside a transaction."""
    kin = _unjoined_kin(engine, least, limit)
    if not kin.marked:
        return None
    grouping = _named(engine, kin, join(kin))
    _keep_grouping(engine, kin, grouping, now)
    return kin, grouping


def _unjoined_kin(engine: Engine, least: float, limit: int) -> Kin:
    """Gather what at most `limit` posts whose edges changed can be in one story with."""
    marked = [num for (num,) in engine.rows("unjoined", limit=limit)]
    rows = engine.rows("kin", nums=json_of(marked), least=least) if marked else []
    nums = json_of([row[0] for row in rows])
    return Kin(
        posts=tuple(_SKETCH.decode(row[1]) for row in rows if row[1]),
        edges=tuple(map(edge_of, engine.rows("edges_of_kin", nums=nums))),
        judgements=tuple(Judgement(*row) for row in engine.rows("judgements_of_kin", nums=nums)),
        known=tuple(story for _, story in _stories(engine, engine.rows("stories_of_kin", nums=nums))),
        marked=(*marked, *(row[0] for row in rows)),
    )


def _stories(engine: Engine, rows: Sequence[Row]) -> Iterator[tuple[int, Story]]:
    members: dict[int, list[Member]] = {}
    for story, *member in engine.rows("members_of_stories", stories=json_of([row[0] for row in rows])):
        members.setdefault(story, []).append(Member(*member))
    for num, key, title_of, pinned, _ in rows:
        yield num, Story(id=key, members=tuple(members.get(num, ())), title_of=title_of, pinned=bool(pinned))


def _keep_grouping(engine: Engine, kin: Kin, grouping: Grouping, now: datetime) -> None:
    before = {story.id: story for story in kin.known}
    stories = {row[1]: row[0] for row in engine.rows("stories_of_kin", nums=json_of(kin.marked))}
    nums = numbers(engine, (member.post_id for story in grouping.stories for member in story.members))
    touched = [stories[key] for key in stories if key in {one.id for one in grouping.stories}]
    ended = [stories[key] for key, _ in grouping.ended if key in stories]
    engine.write("forget_suggested", {"stories": json_of([*stories.values()])})
    engine.write("empty_stories", {"stories": json_of([*touched, *ended])})
    tied = _Ties(kin.edges)
    for story in grouping.stories:
        stories[story.id] = _keep_story(engine, story, before.get(story.id), nums, tied, now)
    _end_stories(engine, grouping.ended, stories)
    _settle(engine, kin, grouping, stories, tied)
    mark_posts(engine, numbers(engine, _moved(kin, grouping)).values())
    engine.write("joined", {"nums": json_of(kin.marked)})


def _moved(kin: Kin, grouping: Grouping) -> set[str]:
    """Name the posts of stories that are new, other than before, or no more: their claims stand elsewhere now."""
    changed = {story.id for story in grouping.stories} | {key for key, _ in grouping.ended}
    stories = (*grouping.stories, *(story for story in kin.known if story.id in changed))
    return {member.post_id for story in stories for member in story.members}


def _named(engine: Engine, kin: Kin, grouping: Grouping) -> Grouping:
    """Give a new story another name where a story that has nothing to do with it bears its name.

    That one was begun with the same report, which left it.
    """
    known = {story.id for story in kin.known}
    published = {post.post_id: post.published for post in kin.posts}
    names = {}
    for story in grouping.stories:
        if story.id not in known and engine.row("one_story", id=story.id):
            others = (story_id(member.post_id, published[member.post_id]) for member in story.members)
            names[story.id] = next((name for name in others if not engine.row("one_story", id=name)), None)
            if names[story.id] is None:
                raise StoreError(engine.name, f"no free id for the story of post {story.title_of}")
    return Grouping(
        stories=tuple(replace(story, id=names.get(story.id) or story.id) for story in grouping.stories),
        ended=tuple((key, names.get(survivor or "") or survivor) for key, survivor in grouping.ended),
    )


def _keep_story(
    engine: Engine, story: Story, before: Story | None, nums: dict[str, int], tied: "_Ties", now: datetime
) -> int:
    moved = before is None or _ids(before) != _ids(story)
    values = {
        "id": story.id,
        "title_of": nums[story.title_of],
        "pinned": int(story.pinned),
        "now": to_us(now),
        "moved": moved,
        "digest": tied.digest(story),
    }
    row = engine.row("keep_story", **values)
    num = int(row[0]) if row else 0
    engine.write_all(
        "keep_member",
        [
            {
                "post": nums[member.post_id],
                "story": num,
                "role": member.role,
                "source": None if member.source is None else nums[member.source],
                "share": member.share,
            }
            for member in story.members
        ],
    )
    engine.write("forget_moved", {"id": story.id})
    return num


def _ids(story: Story) -> set[str]:
    return {member.post_id for member in story.members}


def _end_stories(engine: Engine, ended: Iterable[tuple[str, str | None]], stories: dict[str, int]) -> None:
    for key, survivor in ended:
        num = stories.pop(key, None)
        if num is not None:
            engine.write("drop_story", {"num": num})
        engine.write("keep_moved", {"id": key, "story": survivor})


def _settle(engine: Engine, kin: Kin, grouping: Grouping, stories: dict[str, int], tied: "_Ties") -> None:
    """Bring up to date what follows of stories that were left as they are, and which may be the same."""
    written = {story.id for story in grouping.stories}
    for story in kin.known:
        if story.id in stories and story.id not in written:
            engine.write("set_story_digest", {"num": stories[story.id], "digest": tied.digest(story)})
    here = {"stories": json_of([*stories.values()])}
    engine.write("suggest", here)
    engine.write("suggest_back", here)


class _Ties:
    """The edges of posts, to be told by the posts that they tie."""

    def __init__(self, edges: Sequence[Edge]) -> None:
        self._edges: dict[str, list[Edge]] = {}
        for edge in edges:
            self._edges.setdefault(edge.first, []).append(edge)

    def digest(self, story: Story) -> str:
        """Sum up what makes the members of a story one."""
        ids = _ids(story)
        inside = [
            edge for member in story.members for edge in self._edges.get(member.post_id, ()) if edge.second in ids
        ]
        return blake2b(_ENCODER.encode(inside), digest_size=8).hexdigest()


def find_story(engine: Engine, key: str) -> Story:
    """Read a story, or the one that it went into; NotFoundError if there is none."""
    living = _living(engine, key)
    row = engine.row("one_story", id=living) if living else None
    if row is None:
        raise _unknown(engine, key)
    ((num, story),) = _stories(engine, [row])
    suggested = tuple(other for (other,) in engine.rows("suggested", story=num))
    return replace(story, suggested=suggested, background=_background(engine, num))


def _background(engine: Engine, num: int) -> tuple[Background, ...]:
    row = engine.row("background_of_story", story=num)
    return _BACKGROUND.decode(row[0]) if row and row[0] else ()


def without_background(engine: Engine, limit: int) -> list[Story]:
    """Read stories of which no background was looked for as they are now, those begun last first."""
    return [story for _, story in _stories(engine, engine.rows("stories_without_background", limit=limit))]


def keep_background(engine: Engine, found: Mapping[str, Sequence[Background]]) -> None:
    """Write the background of stories, by id."""
    engine.write_all(
        "keep_background", ({"id": key, "background": _ENCODER.encode(posts)} for key, posts in found.items())
    )


def _living(engine: Engine, key: str) -> str | None:
    """Follow a story that is no more to where its posts are now."""
    return _followed(key, dict(engine.rows("all_moved"))) if engine.row("moved", id=key) else key


def _followed(key: str, moved: dict[str, str | None]) -> str | None:
    """Go from story to story; None where one fell apart."""
    seen: set[str] = set()
    here: str | None = key
    while here in moved and here not in seen:
        seen.add(here)
        here = moved[here]
    return None if here in seen else here


def _unknown(engine: Engine, key: str) -> NotFoundError:
    if engine.row("moved", id=key):
        return NotFoundError(key, f"this story fell apart, its posts stand alone now; {_ADVICE}")
    return NotFoundError(key, f"no story has this id; {_ADVICE}")


def moved_stories(engine: Engine) -> dict[str, str | None]:
    """Find where the stories went that are no more."""
    moved: dict[str, str | None] = dict(engine.rows("all_moved"))
    return {key: _followed(key, moved) for key in sorted(moved)}


def story_refs(engine: Engine) -> list[StoryRef]:
    """Read what laying out pages needs of every story, newest first."""
    suggested: dict[int, list[str]] = {}
    for num, other in engine.rows("all_suggested"):
        suggested.setdefault(num, []).append(other)
    stories = {row[0]: row for row in engine.rows("all_stories")}
    found = [
        _ref_of(stories[num], list(members), suggested.get(num, []))
        for num, members in groupby(engine.rows("all_members"), key=lambda row: row[0])
    ]
    return sorted(found, key=lambda ref: (ref.first, ref.id), reverse=True)


def _ref_of(story: Row, members: Sequence[Row], suggested: Sequence[str]) -> StoryRef:
    _, key, title_of, pinned, changed_at, ties, background = story
    shown = (key, title_of, pinned, changed_at, ties, background, [row[1:] for row in members], suggested)
    return StoryRef(
        id=key,
        digest=blake2b(_ENCODER.encode(shown), digest_size=8).hexdigest(),
        first=from_us(members[0][2]),
        changed_at=from_us(changed_at),
        posts=tuple(row[1] for row in members),
        reports=sum(row[5] == "report" for row in members),
        pinned=bool(pinned),
    )


def stories_of(engine: Engine, post_ids: Sequence[str]) -> dict[str, str]:
    """Find which story each post is in; those in none are left out."""
    return dict(engine.rows("story_of_posts", ids=json_of(post_ids)))


def judge(engine: Engine, judgements: Sequence[Judgement]) -> None:
    """Keep what a person said of pairs of posts; belongs inside a transaction."""
    pairs = _pairs(engine, judgements)
    engine.write_all("keep_judgement", pairs)
    _join_again(engine, pairs)


def unjudge(engine: Engine, judgements: Sequence[Judgement]) -> None:
    """Forget what a person said of pairs of posts; belongs inside a transaction."""
    pairs = _pairs(engine, judgements)
    _join_again(engine, pairs)
    for pair in pairs:
        engine.write("drop_judgement", {"first": pair["first"], "second": pair["second"]})


def _pairs(engine: Engine, judgements: Sequence[Judgement]) -> list[dict[str, object]]:
    """Judgements as rows, the post that comes first in the newspaper first."""
    nums = numbers(engine, {end for one in judgements for end in (one.first, one.second)})
    pairs = [(*sorted((nums[one.first], nums[one.second])), one.verdict) for one in judgements]
    return [{"first": first, "second": second, "verdict": verdict} for first, second, verdict in pairs]


def _join_again(engine: Engine, pairs: Sequence[dict[str, object]]) -> None:
    ends = {pair[end] for pair in pairs for end in ("first", "second")}
    engine.write("to_join", {"nums": json_of(list(ends))})


def judgements(engine: Engine) -> list[Judgement]:
    """Read all that people said of pairs of posts."""
    return [Judgement(*row) for row in engine.rows("all_judgements")]


def pin(engine: Engine, key: str, *, pinned: bool) -> Story:
    """Let a story lead the front page, or no longer; NotFoundError if there is none."""
    story = find_story(engine, key)
    engine.write("pin_story", {"id": story.id, "pinned": int(pinned)})
    return replace(story, pinned=pinned)
