"""Keep a store of the present schema for ever, with what must be read from it: `python -m tests.store.freeze`.

Run it when a release brings a new migration, and commit the two files; later versions must open them all.
"""

import tempfile
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from tests.store.builders import (
    NOON,
    make_batch,
    make_company,
    make_copy,
    make_edge,
    make_feed,
    make_revision,
    make_sketch,
    make_story,
    minutes,
)

from broadsheet.model import (
    Company,
    CompanyList,
    Edge,
    Enclosure,
    Failure,
    Feed,
    FeedState,
    Grouping,
    Image,
    ImageCopy,
    Judgement,
    KeptList,
    Marks,
    Original,
    Person,
    Post,
    Story,
    Token,
    Validators,
)
from broadsheet.store import Store, open_store
from broadsheet.store.compress import packer
from broadsheet.store.engines.queries import migrations

STORES = Path(__file__).parent / "golden" / "stores"
PICTURE = "https://news.example/1.png"


class Contents(Struct, kw_only=True):
    """Everything that a store must give back."""

    feeds: list[Feed]
    posts: list[Post]
    revisions: list[list[Original]]
    found: dict[str, list[str]]
    copies: dict[str, ImageCopy] = {}
    stories: list[Story] = []
    edges: list[Edge] = []
    judgements: list[Judgement] = []
    lists: list[KeptList] = []
    listed: list[Company] = []
    marks: dict[str, Marks] = {}
    tokens: list[Token] = []


def contents(store: Store) -> Contents:
    ids = [ref.id for ref in store.refs()]
    return Contents(
        feeds=store.feeds(),
        posts=[store.post(key) for key in ids],
        revisions=[store.revisions(key) for key in ids],
        found={question: [hit.id for hit in store.search(question)] for question in ("小米", "否认", "今日", "ev")},
        copies=store.images.copies([PICTURE]),
        stories=[store.story(ref.id) for ref in store.story_refs()],
        edges=store.edges(ids),
        judgements=store.judgements(),
        lists=store.companies.lists(),
        listed=list(store.companies.find("699901.SH")),
        marks=store.reading.marks(ids),
        tokens=store.doors.tokens(),
    )


def fill(store: Store) -> None:
    """Bring in something of everything."""
    failure = Failure(reason="timeout", message="no answer in 60 s", at=NOON)
    store.add_feed(
        make_feed("https://down.example/", state=FeedState(failures=3, failure=failure, next_due=minutes(9)))
    )
    first = make_revision()
    rich = make_revision("entry-2", title="A new EV", body="小米 & friends", at=minutes(-90))
    rich = replace(
        rich,
        authors=(Person(name="记者", email="a@news.example"),),
        categories=("科技", "汽车"),
        enclosures=(Enclosure(url="https://news.example/1.mp3", type="audio/mpeg", length=10**10),),
        updated=minutes(1),
        base_url="https://news.example/",
        clean=replace(rich.clean, image=Image(url=PICTURE, width=640), changes={"scripts": 2}),
    )
    feed = make_feed(state=FeedState(validators=Validators(etag='"1"'), last_polled=NOON))
    store.apply([make_batch(first, rich, feed=feed)])
    store.images.list_shown(store.images.unlisted_posts(), {rich.post_id: [PICTURE]}, NOON)
    store.images.keep(PICTURE, make_copy(), 900, NOON)
    store.apply([make_batch(make_revision(body="小米否认发布。", at=minutes(5), post=first.post_id), feed=feed)])
    store.keep_sketches(store.unsketched_posts(), [make_sketch(rich), make_sketch(first)], [make_edge(rich, first)])
    store.group(lambda _: Grouping(stories=(make_story(rich, first),)), NOON)
    store.judge([Judgement(rich.post_id, first.post_id, "together")])
    store.companies.keep(CompanyList(companies=(make_company("699901.SH", "玉兔科技"),)), "list.csv", NOON)
    store.reading.mark([first.post_id], NOON, read=True, starred=True)
    store.reading.tag([first.post_id], add=["汽车"])
    store.reading.note(rich.post_id, "ask them", NOON)
    if not store.doors.tokens():
        store.doors.add_token(Token(id="one", name="phone", scope="write", digest="d", created_at=NOON))


def freeze(folder: Path) -> None:
    """Write a store and its contents under the name of the last migration."""
    last = migrations("sqlite")[-1]
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "broadsheet.db"
        with open_store(str(path), create=True) as store:
            fill(store)
            expected = msgspec.json.format(msgspec.json.encode(contents(store)))
        name = f"{last.number:04}-{last.name}"
        (folder / f"{name}.db.zst").write_bytes(packer()(path.read_bytes()))
        (folder / f"{name}.json").write_bytes(expected + b"\n")


if __name__ == "__main__":
    STORES.mkdir(parents=True, exist_ok=True)
    freeze(STORES)
