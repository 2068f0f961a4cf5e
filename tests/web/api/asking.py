"""Ask the API all that its description allows, and more: `./run python -m tests.web.api.asking 500` asks for long.

The paper is served in this process, with posts, a password and a token that may write; what belongs to its owner
alone is asked by the owner. What would ask the network or start an update is left out.
"""

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC
from pathlib import Path
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from litestar import Litestar
from litestar.testing import TestClient
from msgspec.structs import replace
from schemathesis import GenerationMode, checks
from tests.cli.facts.test_claims import TALKS
from tests.pipeline.stories.test_joining import POSTS, store_posts
from tests.store.builders import make_batch, make_revision
from tests.web.permissions import NOW, SAME, sign_in

from broadsheet.config import load
from broadsheet.model import Bar, LedgerChanges, Token
from broadsheet.pipeline.facts.finding import annotate_new
from broadsheet.pipeline.stories.joining import group_new
from broadsheet.pipeline.stories.watching import make_watch
from broadsheet.store import Store, open_store
from broadsheet.web import create_app
from broadsheet.web.access.keys import digest_of, hash_password

HEADERS = {"authorization": "Bearer writing token"}
OWNERS = ("/api/tokens", "/api/sessions", "/api/password")
BASE = "http://127.0.0.1:8080"
FAR = {"POST /api/feeds", "POST /api/feeds/preview", "POST /api/update"}
"""Ask the network, or start a process."""
UNWRITTEN = {
    "POST /api/opml",
    "POST /api/company-lists",
    "POST /api/stories/{story_id}/split",
    "POST /api/watches",
    "PUT /api/password",
}
"""Take what a schema cannot describe: a whole document, posts of this story, an address that is one, the password."""
SAID = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.positive_data_acceptance,
]
Client = TestClient[Litestar]


def fill(store: Store) -> None:
    """Give a paper posts, a story, facts, a claim and a watch."""
    store_posts(store, POSTS)
    bare = make_revision("moved", body="小米集团股价今日盘中一度涨超3%。知情人士称，小米正与北汽洽谈合作。")
    store.apply([make_batch(replace(bare, clean=replace(bare.clean, language="zh")))])
    store.prices.keep([Bar(security="1810.HK", day=bare.published.date(), open=10, high=11, low=10, close=10.5)])
    group_new(store, NOW)
    annotate_new(store, UTC)
    store.ledger.keep(LedgerChanges(entries=(TALKS,)), NOW)
    store.watches.add(make_watch(store, "小米 北汽", NOW), 0)


async def nothing() -> None:
    """Publish nothing."""


@contextmanager
def served(folder: Path) -> Iterator[Client]:
    """Serve a paper with a password, and a token that may write."""
    (folder / "broadsheet.toml").write_text("", "utf-8")
    config = load(folder, {})
    with open_store(config.store_url, create=True) as store:
        fill(store)
        store.doors.set_password(hash_password("a long password"))
        digest = digest_of("writing token")
        store.doors.add_token(Token(id="1", name="one", scope="write", digest=digest, created_at=NOW))
    with TestClient(create_app(config, clock=lambda: NOW), base_url=BASE, raise_server_exceptions=False) as client:
        client.app.state.house.jobs.publish = nothing
        yield client


def known_ids(client: Client) -> Mapping[str, str]:
    """Something that is there, for each parameter of a path."""
    post = client.get("/api/posts", headers=HEADERS).json()["posts"][0]
    story = client.get("/api/stories", headers=HEADERS).json()["stories"][0]
    watch = client.get("/api/watches", headers=HEADERS).json()[0]
    return {
        "post_id": post["id"],
        "feed_id": post["feed"],
        "story_id": story["id"],
        "claim_id": TALKS.id,
        "company_id": "xiaomi",
        "watch_id": watch["id"],
    }


def operations(client: Client) -> dict[str, Any]:
    """Every operation of the description that is asked, by method and path."""
    described = client.get("/api/openapi.json", headers=HEADERS).json()
    for asked in (described, *(one for path in described["paths"].values() for one in path.values())):
        asked.pop("security", None)  # who gets in where is asked by tests/web/permissions.py
    found: Iterator[Any] = schemathesis.openapi.from_dict(described).get_all_operations()
    return {one.label: one for one in (one.ok() for one in found) if one.label not in FAR}


def ask(client: Client, operation: Any, mode: GenerationMode, examples: int, ids: Mapping[str, str]) -> None:
    """Ask one operation many things, and hold each answer against the description."""
    said = [check for check in SAID if operation.label not in UNWRITTEN or check != checks.positive_data_acceptance]
    names = {name: ids[name] for name in ids if f"{{{name}}}" in operation.path}

    @settings(
        max_examples=examples,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode, path_parameters=names or None))
    def each(case: Any) -> None:
        if is_contradictory(case.query or {}):
            return
        sent = case.as_transport_kwargs(base_url=BASE, headers=_headers(client, operation.path))
        case.validate_response(client.request(**_readable(sent)), checks=said)

    with suppress(Unsatisfiable):  # a request without parameters and body says nothing wrong
        each()


def is_contradictory(query: Mapping[str, Any]) -> bool:
    """Whether a question asks for two lists at one time, which no schema can forbid."""
    return sum(name in query for name in ("starred", "noted", "tag")) > 1


def _headers(client: Client, path: str) -> Mapping[str, str]:
    """Say who asks: a program with a token, or the owner, signed in anew where that is needed."""
    if not path.startswith(OWNERS):
        return HEADERS
    cookie, csrf = sign_in(client)
    return {"cookie": f"broadsheet={cookie}", "x-csrf-token": csrf, **SAME}


def _readable(sent: dict[str, Any]) -> dict[str, Any]:
    """Write a request as this client takes it."""
    known = {name: sent[name] for name in ("method", "url", "headers", "params", "json") if name in sent}
    return known | ({"content": sent["data"]} if sent.get("data") is not None else {})


def main() -> None:
    """Ask every operation so many things in each mode."""
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as client:
        ids = known_ids(client)
        for label, operation in operations(client).items():
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                ask(client, operation, mode, examples, ids)
            print(f"{label}: 2 x {examples} questions, nothing found", flush=True)


if __name__ == "__main__":
    main()
