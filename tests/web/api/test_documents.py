"""Documents that the API takes as they are."""

from litestar.openapi.spec import RequestBody

from broadsheet.web.api.documents import taking


def test_a_document_is_described_with_its_kind_and_its_bound() -> None:
    body = taking("text/x-opml", 10)().request_body
    assert isinstance(body, RequestBody)
    assert body.required is True
    described = body.to_schema()["content"]["text/x-opml"]["schema"]
    assert described == {"type": "string", "maxLength": 10}
