"""All facts as rows: one for each, with the post it stands in, for programs and tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import BufferedIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, get_type_hints

import msgspec
from msgspec.structs import asdict

from broadsheet.errors import PublishError
from broadsheet.model import (
    BARS_AFTER,
    BARS_BEFORE,
    Annotations,
    Check,
    Claim,
    DateMention,
    Fact,
    Mention,
    MoveReport,
    Origin,
    PostRef,
    Reply,
    Status,
    Step,
)
from broadsheet.wholefiles import Fresh

if TYPE_CHECKING:
    from broadsheet.store import Store

PORTION = 200
"""Posts that are in memory at one time."""

KINDS: Final = {
    "mentions": "mention",
    "moves": "move",
    "claims": "claim",
    "responses": "response",
    "origins": "origin",
    "dates": "date",
}
STEP: Final = "step"
"""The kind of a row that tells a step of a claim in the ledger."""

_CHECK: Final = {name: name for name in Check.__struct_fields__ if name not in {"move", "security"}} | {
    "source": "price_source"
}
"""What a check says, and the column that says it beside its move; of no move that no bars are kept for."""

_STEP: Final = {
    name: {"kind": "step", "quote": "surface"}.get(name, name)
    for name in Step.__struct_fields__
    if name not in {"at", "post_id", "feed_id"}
}
_NO_CHECK: Final[Mapping[str, None]] = dict.fromkeys(_CHECK.values())


def columns() -> dict[str, dict[str, Any]]:
    """Give the columns of each kind of row with the type of what stands in them, `kind` itself left out."""
    first = {"post": str, "feed": str, "published": datetime, "start": int, "end": int, "surface": str}
    classes = (Mention, MoveReport, Claim, Reply, Origin, DateMention)
    found = {kind: first | _types(one) for kind, one in zip(KINDS.values(), classes, strict=True)}
    check, step = get_type_hints(Check), get_type_hints(Step)
    found["move"] |= {column: check[name] | None for name, column in _CHECK.items()}
    entry = {"entry": str, "status": Status, "number": int}
    found[STEP] = first | entry | {column: step[name] for name, column in _STEP.items()}
    return found


def fact_rows(store: "Store", since: datetime | None = None) -> Iterator[dict[str, object]]:
    """Give every fact of posts published from `since` on: the oldest post first, kind by kind, in the text's order.

    A row has `post`, `feed`, `published`, `kind`, `start`, `end`, `surface` and the fields of its kind. Spans count
    code points of the post's text. A move has the verdict of its check where bars of it are kept, a step the `entry`
    of the ledger that it belongs to, where that stands by now, and its number there. The same facts give the same
    rows in the same order.
    """
    refs = [ref for ref in reversed(store.refs()) if since is None or ref.published >= since]
    for start in range(0, len(refs), PORTION):
        portion = refs[start : start + PORTION]
        ids = [ref.id for ref in portion]
        found, steps = store.facts.of(ids), _steps(store, ids)
        for ref in portion:
            if ref.id in found:
                yield from _rows(store, ref, found[ref.id])
                yield from ({**_post(ref, STEP), **step} for step in steps.get(ref.id, ()))


def jsonl(store: "Store", since: datetime | None = None) -> Iterator[bytes]:
    """Write the same rows as lines of JSON (UTF-8)."""
    encoder = msgspec.json.Encoder()
    for row in fact_rows(store, since):
        yield encoder.encode(row) + b"\n"


def write_lines(store: "Store", path: Path, since: datetime | None = None) -> int:
    """Write these lines into a file, which has its name when it is whole; a pipe or a device takes them as they come.

    Returns how many there are.

    Raises:
        PublishError: it cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as pipe:
                return _write(pipe, jsonl(store, since))
        with Fresh(path) as fresh:
            count = _write(fresh.file, jsonl(store, since))
            fresh.put()
    except OSError as error:
        raise PublishError(str(path), f"cannot be written: {error.strerror or error}") from error
    return count


def _write(file: BufferedIOBase, lines: Iterable[bytes]) -> int:
    count = 0
    for count, line in enumerate(lines, 1):  # noqa: B007  the last number is how many there are
        file.write(line)
    return count


def _rows(store: "Store", ref: PostRef, found: Annotations) -> Iterator[dict[str, object]]:
    for field, kind in KINDS.items():
        for fact in getattr(found, field):
            checked = _checked(store, ref, fact) if isinstance(fact, MoveReport) else {}
            yield {**_post(ref, kind), **_fields(fact), **checked}


def _post(ref: PostRef, kind: str) -> dict[str, object]:
    return {"post": ref.id, "feed": ref.feed_id, "published": ref.published, "kind": kind}


def _fields(fact: Fact) -> dict[str, object]:
    """The words of a fact are its `surface`, whatever its type calls them."""
    return {_named(name): value for name, value in asdict(fact).items()}


def _types(fact: Any) -> dict[str, Any]:
    return {_named(name): hint for name, hint in get_type_hints(fact).items()}


def _named(field: str) -> str:
    return "surface" if field == "quote" else field


def _checked(store: "Store", ref: PostRef, move: MoveReport) -> Mapping[str, object]:
    day = ref.published.date()
    bars = store.prices.bars(move.security, day - BARS_BEFORE, day + BARS_AFTER) if move.security else []
    if not bars:
        return _NO_CHECK
    from broadsheet.market import check_move

    check = check_move(move, bars, ref.published)
    return {column: getattr(check, name) for name, column in _CHECK.items()}


def _steps(store: "Store", post_ids: Sequence[str]) -> dict[str, list[dict[str, object]]]:
    """Give the steps that posts tell, by post, in the order of their entries."""
    found: dict[str, list[dict[str, object]]] = {}
    for entry in store.ledger.of_posts(post_ids):
        for number, step in enumerate(entry.steps):
            row = {column: getattr(step, name) for name, column in _STEP.items()}
            told = {"entry": entry.id, "status": entry.status, "number": number}
            found.setdefault(step.post_id, []).append(told | row)
    return found
