"""How big the store is, and whether it is sound."""

from collections.abc import Iterator

from broadsheet.errors import StoreError
from broadsheet.store.engines.engine import Engine
from broadsheet.store.moving.state import begun, unfinished

COUNTS = ("feeds", "posts", "revisions", "stories")
BYTES = ("originals", "articles", "texts", "images", "kin", "facts", "index")


def sizes(engine: Engine) -> dict[str, int]:
    """Measure the store: rows of `COUNTS`, then bytes by part, of the whole on its disk and of its log."""
    found = {kind: _number(engine, f"count_{kind}") for kind in COUNTS}
    found.update((part, _number(engine, f"bytes_of_{part}")) for part in BYTES)
    found["file"], found["log"] = engine.size()
    return found


def _number(engine: Engine, query: str) -> int:
    row = engine.row(query)
    return int(row[0]) if row else 0


def check(engine: Engine) -> list[str]:
    """Look for damage; each line names what is wrong, and a sound store has none."""
    problems: list[str] = []
    for part, look in _LOOKS.items():
        try:
            problems += look(engine)
        except StoreError as error:
            problems.append(f"{part}: {error}")
    return problems


def _file(engine: Engine) -> Iterator[str]:
    yield from (f"the file is damaged: {line}" for (line,) in engine.rows("quick_check") if line != "ok")
    yield from (f"a row of table {table} belongs to nothing" for table, *_ in engine.rows("foreign_key_check"))


def _index(engine: Engine) -> Iterator[str]:
    yield from (f"post {post} is not in the search index" for (post,) in engine.rows("not_indexed"))
    if strays := _number(engine, "indexed_without_post"):
        yield f"the search index has {strays} texts without a post"
    engine.rows("check_index")


def _posts(engine: Engine) -> Iterator[str]:
    yield from (f"post {post} lacks a revision" for (post,) in engine.rows("revisions_missing"))


def _stories(engine: Engine) -> Iterator[str]:
    yield from (f"story {story} has fewer than two posts" for (story,) in engine.rows("story_too_small"))
    yield from (f"story {story} bears the title of a post outside it" for (story,) in engine.rows("untitled_story"))


def _whole(engine: Engine) -> Iterator[str]:
    if found := begun(engine):
        yield unfinished(found)


_LOOKS = {
    "an import": _whole,
    "the file": _file,
    "the search index": _index,
    "the posts": _posts,
    "the stories": _stories,
}
