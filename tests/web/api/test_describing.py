"""The API asked by its own description (schemathesis); tests/web/api/asking.py asks for longer."""

import json
from pathlib import Path

import pytest
from schemathesis import GenerationMode
from tests.web.api import asking
from tests.web.conftest import Client

EXAMPLES = 5


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::hypothesis.errors.NonInteractiveExampleWarning")
def test_whatever_the_description_allows_is_answered_as_it_says(tmp_path: Path) -> None:
    with asking.served(tmp_path) as client:
        ids, found = asking.known_ids(client), asking.operations(client)
        for operation in found.values():
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                asking.ask(client, operation, mode, EXAMPLES, ids)
    assert {"GET /api/posts", "PATCH /api/posts/{post_id}", "GET /api/search", "GET /api/feeds"} <= set(found)


def test_the_description_is_openapi_3_1_with_every_list_and_text_of_a_request_bounded(client: Client) -> None:
    described = client.get("/api/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    shapes = described["components"]["schemas"]
    bodies = [
        operation["requestBody"]
        for path in described["paths"].values()
        for operation in path.values()
        if "requestBody" in operation
    ]
    names = {
        part["schema"]["$ref"].rpartition("/")[2]
        for body in bodies
        for kind, part in body["content"].items()
        if "json" in kind
    }
    assert {"MarkChanges", "MarksOfMany", "NewFeed"} <= names
    assert [name for name in names if shapes[name].get("additionalProperties", True) is not False] == []
    assert [name for name in names for part in unbounded(shapes[name])] == []
    assert "secret" not in json.dumps(shapes["FeedLine"])


def unbounded(schema: object) -> list[object]:
    """The lists and texts in a schema that may be as long as they like."""
    if isinstance(schema, list):
        return [found for one in schema for found in unbounded(one)]
    if not isinstance(schema, dict):
        return []
    inner = [found for one in schema.values() for found in unbounded(one)]
    loose = (schema.get("type") == "string" and not {"maxLength", "enum", "const", "format"} & set(schema)) or (
        schema.get("type") == "array" and "maxItems" not in schema
    )
    return [schema, *inner] if loose else inner
