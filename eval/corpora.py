"""Labelled corpora as posts: they stand beside the project and are read, never copied."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from broadsheet.clean import clean_entry
from broadsheet.model import PostText
from broadsheet.parse import parse_postfile

SHARED = Path(__file__).parents[2] / "shared" / "data"
ECB = SHARED / "stories" / "ecbplus" / "docs.json"
SOHU = SHARED / "stories" / "sohu2021" / "B-ss.train.jsonl"
POSTS = SHARED / "posts"
HIGHEST_TRAINING_TOPIC = 35

_NO_DATE = datetime(2020, 1, 1, tzinfo=UTC)
_TITLE = re.compile(r".{1,60}?[。！？!?\n]|.{1,60}", re.DOTALL)


class Labelled(NamedTuple):
    """A post, the event that it tells of, and the topic that this is of."""

    post: PostText
    event: str
    topic: int = 0


class PairOfTexts(NamedTuple):
    """Two posts, and whether they tell of one event."""

    one: PostText
    other: PostText
    same: bool


def ecb_documents() -> list[Labelled]:
    """ECB+: English, without dates; the first sentence is the title."""
    return [
        Labelled(_post(doc["id"], doc["title"], doc["text"].removeprefix(doc["title"]), "en"), doc["lab"], doc["top"])
        for doc in json.loads(ECB.read_text("utf-8"))
    ]


def sohu_pairs() -> list[PairOfTexts]:
    """Sohu 2021, part B, training: short Chinese texts without dates; the first sentence is the title."""
    records = [json.loads(line) for line in SOHU.read_text("utf-8").splitlines()]
    return [
        PairOfTexts(
            _short(f"{place}a", record["source"]), _short(f"{place}b", record["target"]), record["label"] in {1, "1"}
        )
        for place, record in enumerate(records)
    ]


def _short(name: str, text: str) -> PostText:
    text = text.strip()
    begun = _TITLE.match(text)
    title = begun[0].strip() if begun else ""
    return _post(name, title, text.removeprefix(title), "zh")


def _post(name: str, title: str, body: str, language: str) -> PostText:
    return PostText(
        post_id=name,
        feed_id=name,
        published=_NO_DATE,
        language=language,
        title=title,
        text=f"{title}\n{body.strip()}",
    )


def sample_posts() -> Iterator[Labelled]:
    """The sample posts, cleaned as the paper does; one without an event is alone."""
    for line in (POSTS / "index.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        name = f"{record['id']}.md"
        entry = parse_postfile((POSTS / "raw" / name).read_bytes(), name).entry
        cleaned = clean_entry(entry, "https://news.example/")
        post = PostText(
            post_id=record["id"],
            feed_id=record["source"],
            published=entry.published or _NO_DATE,
            language=cleaned.language,
            title=cleaned.title,
            text=cleaned.text,
        )
        yield Labelled(post, record["event"] or f"alone {record['id']}")


def digest(*paths: Path) -> str:
    """Name the bytes of files."""
    found = blake2b(digest_size=8)
    for path in paths:
        for file in [path] if path.is_file() else sorted(path.rglob("*.*")):
            found.update(file.read_bytes())
    return found.hexdigest()
