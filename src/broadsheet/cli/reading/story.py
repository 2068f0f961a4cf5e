"""Stories on the terminal: list them, print one whole, and put right what was joined wrongly."""

from typing import TYPE_CHECKING, Annotated

import typer

from broadsheet.cli.context import JSON_OPTION, now, paper_config, paper_store
from broadsheet.cli.facts.verdicts import verdict_lines
from broadsheet.cli.printing import moment, print_json, print_table
from broadsheet.store import Store

if TYPE_CHECKING:
    from broadsheet.model import Card, Story, StoryRef

story = typer.Typer(help="Put stories right: what you say outlives every rework.", no_args_is_help=True)

STORY = Annotated[str, typer.Argument(metavar="STORY", help="The story's id, as `broadsheet stories` shows it.")]
EVENT = Annotated[
    str,
    typer.Argument(
        metavar="STORY",
        help="The story's id, as `broadsheet stories` shows it; or a post's, for its story or itself.",
    ),
]


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


def show_story(context: typer.Context, story_id: EVENT, json: JSON_OPTION = False) -> None:
    """Print one story: who reported first, what each report added, who copied, what is claimed, and why it is one."""
    from broadsheet.cli.reading.told import as_values, lines, read_story
    from broadsheet.group.ledger.words import Words
    from broadsheet.pipeline.facts.checks import checks_of

    config = paper_config(context)
    with paper_store(config) as store:
        told = read_story(store, story_id)
        checks = checks_of(store, list(told.posts.values()), store.facts.of(list(told.posts)))
    if json:
        print_json(as_values(told) | {"checks": checks})
        return
    for line in lines(told, Words(config.paper.language), now()):
        print(line)
    if checks:
        print("", *verdict_lines(checks), sep="\n")


@story.command("merge")
def merge(
    context: typer.Context,
    wanted: Annotated[list[str], typer.Argument(metavar="STORY...", help="Ids of stories that tell of one event.")],
    json: JSON_OPTION = False,
) -> None:
    """Make one story of several. The oldest id stays, the others lead there."""
    from broadsheet.pipeline.stories.judging import merge_stories

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
    from broadsheet.pipeline.stories.judging import split_story

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
