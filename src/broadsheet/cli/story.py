"""Stories on the terminal: list them, print one whole, and put right what was joined wrongly."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import JSON_OPTION, now, paper_config, paper_store
from broadsheet.cli.printing import moment, print_json, print_table
from broadsheet.store import Store

if TYPE_CHECKING:
    from broadsheet.model import Card, Feed, Post, Story, StoryRef
    from broadsheet.publish.dossier import Copy, Report, Shared

story = typer.Typer(help="Put stories right: what you say outlives every rework.", no_args_is_help=True)

STORY = Annotated[str, typer.Argument(metavar="STORY", help="The story's id, as `broadsheet stories` shows it.")]


def stories(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=100_000, help="How many at the most.")] = 20,
    json: JSON_OPTION = False,
) -> None:
    """List stories, the newest first. A story is posts of several outlets about one event."""
    with paper_store(paper_config(context)) as store:
        refs = store.story_refs()[:limit]
        titles = {ref.id: _title(store, store.story(ref.id)).title for ref in refs}
    if json:
        print_json([_listed(ref, titles[ref.id]) for ref in refs])
        return
    if not refs:
        print("no stories yet: posts become one when several outlets tell of one event")
        return
    print_table(
        ("first report", "story", "reports", "copies", "title"),
        (
            (
                moment(ref.first),
                ref.id,
                ref.reports,
                len(ref.posts) - ref.reports,
                ("pinned: " if ref.pinned else "") + titles[ref.id],
            )
            for ref in refs
        ),
    )


def _listed(ref: "StoryRef", title: str) -> dict[str, object]:
    return {
        "id": ref.id,
        "title": title,
        "first": ref.first,
        "changed_at": ref.changed_at,
        "reports": ref.reports,
        "copies": len(ref.posts) - ref.reports,
        "pinned": ref.pinned,
        "posts": ref.posts,
    }


def _title(store: Store, found: "Story") -> "Card":
    return store.cards([found.title_of])[0]


def show_story(context: typer.Context, story_id: STORY, json: JSON_OPTION = False) -> None:
    """Print one story: who reported first, what each report added, who copied, and why these posts are one story."""
    from broadsheet.publish.dossier import disagreements_of, reports_of, shared_of

    with paper_store(paper_config(context)) as store:
        found = store.story(story_id)
        posts = {member.post_id: store.post(member.post_id) for member in found.members}
        feeds = {feed.id: feed for feed in store.feeds()}
        edges = store.edges(list(posts))
        suggested = {other: _title(store, store.story(other)).title for other in found.suggested}
    reports, shared, disagreements = reports_of(found, posts), shared_of(edges), disagreements_of(posts.values())
    if json:
        told = [_report_values(report, feeds) for report in reports]
        also = [{"id": other, "title": title} for other, title in suggested.items()]
        print_json(
            {
                "story": found,
                "shared": shared,
                "reports": told,
                "disagreements": [one._asdict() for one in disagreements],
                "edges": edges,
                "suggested": also,
            }
        )
        return
    _print_head(found, posts, reports, shared)
    for line in _timeline(reports, feeds):
        print(line)
    for one in disagreements:
        print("\nnumbers that disagree")
        for side in one.sides:
            print(f"  {side.value}")
            for said in side.said:
                print(f"    {feeds[posts[said.post_id].feed_id].label}: {said.sentence}")
    if suggested:
        print("\nmay be the same (`broadsheet story merge` makes them one)")
        for other, title in suggested.items():
            print(f"  {other}  {title}")


def _report_values(report: "Report", feeds: Mapping[str, "Feed"]) -> dict[str, object]:
    return {
        **_post_values(report.post, feeds),
        "added": report.added,
        "more": report.more,
        "copies": [_copy_values(copy, feeds) for copy in report.copies],
    }


def _copy_values(copy: "Copy", feeds: Mapping[str, "Feed"]) -> dict[str, object]:
    return {
        **_post_values(copy.post, feeds),
        "role": copy.role,
        "share": copy.share,
        "copies": [_copy_values(one, feeds) for one in copy.copies],
    }


def _post_values(post: "Post", feeds: Mapping[str, "Feed"]) -> dict[str, object]:
    return {"post": post.id, "feed": feeds[post.feed_id].label, "published": post.published, "title": post.title}


def _print_head(
    found: "Story", posts: Mapping[str, "Post"], reports: Sequence["Report"], shared: Sequence["Shared"]
) -> None:
    print(posts[found.title_of].title)
    counts = f"{len(reports)} reports, {len(posts) - len(reports)} copies"
    print(f"story {found.id} · {counts}" + (" · pinned" if found.pinned else ""))
    for one in shared:
        print(f"why one story: {one.kind}" + (f": {', '.join(one.words)}" if one.words else ""))


def _timeline(reports: Sequence["Report"], feeds: Mapping[str, "Feed"]) -> Iterator[str]:
    for report in reports:
        post = report.post
        first = " · first report" if report.is_first else ""
        yield f"\n{moment(post.published)} · {feeds[post.feed_id].label} · {post.id}{first}"
        yield f"  {post.title}"
        yield from (f"  + {sentence}" for sentence in report.added)
        if report.more:
            yield f"  + {report.more} more sentences"
        yield from _copies(report.copies, feeds, "  ")


def _copies(copies: Sequence["Copy"], feeds: Mapping[str, "Feed"], indent: str) -> Iterator[str]:
    for copy in copies:
        share = "" if copy.share is None else f" of {copy.share:.0%}"
        label = feeds[copy.post.feed_id].label
        yield f"{indent}{copy.role}{share}: {moment(copy.post.published)} · {label} · {copy.post.id}"
        yield from _copies(copy.copies, feeds, indent + "  ")


@story.command("merge")
def merge(
    context: typer.Context,
    wanted: Annotated[list[str], typer.Argument(metavar="STORY...", help="Ids of stories that tell of one event.")],
    json: JSON_OPTION = False,
) -> None:
    """Make one story of several. The oldest id stays, the others lead there."""
    from broadsheet.pipeline.judging import merge_stories

    with paper_store(paper_config(context)) as store:
        merged = merge_stories(store, wanted, now())
        title = _title(store, merged).title
    print_json(merged) if json else print(f"story {merged.id} has {len(merged.members)} posts now: {title}")


@story.command("split")
def split(
    context: typer.Context,
    story_id: STORY,
    posts: Annotated[list[str], typer.Argument(metavar="POST...", help="Ids of posts that do not belong to it.")],
    json: JSON_OPTION = False,
) -> None:
    """Take posts out of a story. They make stories of their own where they are akin to each other."""
    from broadsheet.pipeline.judging import split_story

    with paper_store(paper_config(context)) as store:
        left = split_story(store, story_id, posts, now())
        found = store.stories_of([*posts, *left])
    if json:
        print_json({"left": {post: found.get(post) for post in left}, "split": {p: found.get(p) for p in posts}})
        return
    for post in [*left, *posts]:
        print(f"{post}: " + (f"story {found[post]}" if post in found else "stands alone"))


@story.command("pin")
def pin(context: typer.Context, story_id: STORY, json: JSON_OPTION = False) -> None:
    """Let a story lead the front page until it is unpinned."""
    _pin(context, story_id, pinned=True, json=json)


@story.command("unpin")
def unpin(context: typer.Context, story_id: STORY, json: JSON_OPTION = False) -> None:
    """Let a story stand where its reports put it."""
    _pin(context, story_id, pinned=False, json=json)


def _pin(context: typer.Context, story_id: str, *, pinned: bool, json: bool) -> None:
    with paper_store(paper_config(context)) as store:
        found = store.pin(story_id, pinned=pinned)
        title = _title(store, found).title
    print_json(found) if json else print(
        f"story {found.id} {'leads the front page' if pinned else 'is pinned no longer'}: {title}"
    )
