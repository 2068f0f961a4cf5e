"""Reading on the terminal: search, and one post or feed whole."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal
from zoneinfo import ZoneInfo

import typer
from msgspec.structs import asdict

from broadsheet.cli.context import JSON_OPTION, paper_config, paper_store
from broadsheet.cli.facts.companies import show_company
from broadsheet.cli.facts.lines import fact_lines
from broadsheet.cli.facts.verdicts import verdict_lines
from broadsheet.cli.printing import moment, print_json, print_table
from broadsheet.cli.reading.hits import print_hits
from broadsheet.cli.reading.story import show_story

if TYPE_CHECKING:
    from broadsheet.model import Annotations, Feed, Original, Post, Version
    from broadsheet.publish.pages.differences import Change
    from broadsheet.store import Store

HOW_TO_ASK = (
    'Words of any length; "a phrase", -not, or, ( ), wor*; title:WORD, feed:NAME, section:PATH, '
    "company:NAME, is:KIND (rumour, denied, move, copy ...), after:DAY, before:DAY (2026, 2026-11 or 2026-11-26)."
)

show = typer.Typer(help="Print one thing whole.", no_args_is_help=True)
show.command("story")(show_story)
show.command("company")(show_company)


def search(
    context: typer.Context,
    query: Annotated[list[str], typer.Argument(metavar="WORD...", help=HOW_TO_ASK)],
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at the most.")] = 20,
    best: Annotated[bool, typer.Option("--best", help="Best match first; otherwise newest first.")] = False,
    json: JSON_OPTION = False,
) -> None:
    """Find posts by words, feed, company, kind and day."""
    for word in query:
        if word.startswith("--"):
            context.fail(f"No such option: {word}")
    config = paper_config(context)
    question = " ".join(query)
    zone = ZoneInfo(config.paper.zone)
    order: Literal["newest", "best"] = "best" if best else "newest"
    with paper_store(config) as store:
        hits = store.search(question, limit=limit, order=order, zone=zone)
        notes = store.search_notes(question)
        labels = {} if json else {feed.id: feed.label for feed in map(store.feed, {hit.feed_id for hit in hits})}
    for note in notes:
        print(note.told, file=sys.stderr)
    if json:
        print_json(hits)
    elif hits:
        print_hits(hits, labels, zone)
    else:
        print(f"nothing found for {question}")


@show.command("post")
def show_post(
    context: typer.Context,
    post_id: Annotated[str, typer.Argument(metavar="ID", help="The post's id, as lists show it.")],
    changes: Annotated[bool, typer.Option("--changes", help="Print what each edit changed instead.")] = False,
    background: Annotated[
        bool, typer.Option("--background", help="Print older posts about the same parties instead.")
    ] = False,
    json: JSON_OPTION = False,
) -> None:
    """Print one post with where it came from and its facts. Or what its edits changed: [-gone-] and {+new+}."""
    from broadsheet.pipeline.facts.checks import checks_of

    with paper_store(paper_config(context)) as store:
        post = store.post(post_id)
        feed = store.feed(post.feed_id)
        story = store.stories_of([post_id]).get(post_id)
        if changes:
            _show_changes(post, store.versions(post_id), store.revisions(post_id), feed, json=json)
            return
        if background:
            _show_background(store, post, json=json)
            return
        found = store.facts.of([post_id])
        facts, checks = found.get(post_id), checks_of(store, [post], found)
    if json:
        print_json(asdict(post) | {"story": story, "facts": facts and _facts_json(facts), "checks": checks})
        return
    print(post.text.partition("\n")[0])
    print(f"{feed.label} · {moment(post.published)} · revision {post.revision}")
    print(post.link or "(no address)")
    if post.page:
        print(f"full text from {post.page}")
    if story:
        print(f"in story {story}; `broadsheet show story {story}` prints it")
    print()
    print(post.text.partition("\n")[2])
    if facts and (lines := list(fact_lines(facts))):
        print("", *lines, *verdict_lines(checks), sep="\n")


def _facts_json(found: "Annotations") -> dict[str, object]:
    """Leave out the text, which the post has."""
    return {name: value for name, value in asdict(found).items() if name != "text"}


def _show_background(store: "Store", post: "Post", *, json: bool) -> None:
    from broadsheet.pipeline.stories.background import older_than

    found = older_than(store, [post.id])
    cards = store.cards([one.post_id for one in found])
    if json:
        print_json({"id": post.id, "background": found})
        return
    print(post.title)
    for one, card in zip(found, cards, strict=True):
        print(f"\n{moment(card.published)} · {card.id}: {', '.join(one.words)}\n  {card.title}")
    if not found:
        print("no older post is about the same parties")


def _show_changes(
    post: "Post", versions: "Sequence[Version]", originals: "Sequence[Original]", feed: "Feed", *, json: bool
) -> None:
    from broadsheet.publish.pages.edits import edits_of

    edits = edits_of(versions, originals, feed)
    if json:
        print_json({"id": post.id, "edits": edits})
        return
    count = "1 edit" if len(edits) == 1 else f"{len(edits)} edits"
    print(f"{post.title}\n{feed.label} · {moment(post.published)} · {count}")
    for edit in edits:
        silent = ", silent: the feed told of no change" if edit.silent else ""
        print(f"\nrevision {edit.number} · {moment(edit.seen_at)} · {edit.reason}{silent}")
        if edit.changes is None:
            print("(the text of the earlier revision was not kept)")
        for change in edit.changes or ():
            print(_line(change))
        if edit.changes == ():
            print("(no word changed: links, pictures or the form did)")


def _line(change: "Change") -> str:
    if change.folded:
        return f"... {change.folded} the same"
    marks = {"same": "{}", "gone": "[-{}-]", "new": "{{+{}+}}", "fold": " ... "}
    text = "".join(marks[piece.mark].format(piece.text) for piece in change.pieces)
    return f"# {text}" if change.is_title else text


@show.command("feed")
def show_feed(
    context: typer.Context,
    feed: Annotated[str, typer.Argument(metavar="FEED", help="The feed's id or address.")],
    json: JSON_OPTION = False,
) -> None:
    """Print one feed with its state and its newest posts."""
    with paper_store(paper_config(context)) as store:
        found = store.feed(feed)
        cards = store.cards([ref.id for ref in store.refs() if ref.feed_id == found.id][:20])
    if json:
        print_json({"feed": found, "posts": cards})
        return
    state = found.state
    print(f"{found.label}\n{found.address}\n{' / '.join(found.section)}")
    print(f"standing {state.standing}, next poll {moment(state.next_due)} ({state.due_reason or 'no reason yet'})")
    print_table(("date", "post", "title"), ((moment(card.published), card.id, card.title) for card in cards))
