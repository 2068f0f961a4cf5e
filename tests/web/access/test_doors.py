"""Who may pass a door: every visitor, every need, every way a request can lie."""

import pytest

from broadsheet.web.access.doors import Asked, Need, Visitor, admit, is_safe

NAMES = {"127.0.0.1", "localhost", "::1"}
SESSION = Visitor(known="session", scope="write", csrf="secret")
HOUSE = Visitor(known="house", scope="write", csrf="secret")
PROXY = Visitor(known="proxy", scope="write", csrf="secret")
READER = Visitor(known="token", scope="read")
WRITER = Visitor(known="token", scope="write")
NOBODY = Visitor()


def get(host: str = "127.0.0.1:8080") -> Asked:
    return Asked(method="GET", host=host)


def post(**said: str) -> Asked:
    return Asked(**{"method": "POST", "host": "paper.example", "fetch_site": "same-origin", "csrf": "secret", **said})


@pytest.mark.parametrize(
    ("visitor", "passes"),
    [
        (NOBODY, {"open"}),
        (READER, {"open", "read"}),
        (WRITER, {"open", "read", "write"}),
        (SESSION, {"open", "read", "write", "owner"}),
        (PROXY, {"open", "read", "write", "owner"}),
        (HOUSE, {"open", "read", "write", "owner"}),
    ],
)
def test_each_visitor_passes_the_doors_that_are_his(visitor: Visitor, passes: set[Need]) -> None:
    needs: list[Need] = ["open", "read", "write", "owner"]
    assert {need for need in needs if admit(get(), visitor, need, NAMES) is None} == passes


def test_who_is_not_known_is_asked_to_sign_in() -> None:
    refusal = admit(get(), NOBODY, "read", NAMES)
    assert refusal is not None
    assert refusal.status == 401
    assert "sign in" in refusal.why


def test_a_token_for_reading_says_how_to_get_one_for_changes() -> None:
    refusal = admit(post(), READER, "write")
    assert refusal is not None
    assert refusal.status == 403
    assert "--scope write" in refusal.why


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "", "paper.example", "[::2]:80"])
def test_a_paper_without_a_password_answers_to_no_name_but_its_own(host: str) -> None:
    refusal = admit(get(host), HOUSE, "read", NAMES)
    assert refusal is not None
    assert refusal.status == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "LOCALHOST:80", "[::1]:8080"])
def test_names_of_this_machine_are_its_own(host: str) -> None:
    assert admit(get(host), HOUSE, "read", NAMES) is None


def test_a_signed_in_reader_comes_by_any_name() -> None:
    assert admit(get("paper.example"), SESSION, "read", NAMES) is None


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_another_site_changes_nothing_even_with_the_secret(site: str) -> None:
    refusal = admit(post(fetch_site=site), SESSION, "write")
    assert refusal is not None
    assert refusal.status == 403
    assert "another site" in refusal.why


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "https://paper.example.evil.example"])
def test_an_old_browser_is_known_by_its_origin(origin: str) -> None:
    assert admit(post(fetch_site="", origin=origin), SESSION, "write") is not None
    assert admit(post(fetch_site="", origin="https://Paper.example"), SESSION, "write") is None


def test_a_form_must_bring_back_its_secret() -> None:
    for csrf in ("", "wrong", "secret "):
        refusal = admit(post(csrf=csrf), SESSION, "write")
        assert refusal is not None
        assert "load the page again" in refusal.why
    assert admit(post(csrf=""), Visitor(known="session", scope="write"), "write") is not None


def test_no_other_site_can_sign_anybody_in() -> None:
    assert admit(post(fetch_site="cross-site"), NOBODY, "open") is not None
    assert admit(post(), NOBODY, "open") is None


def test_a_token_needs_no_secret_for_no_browser_sends_it_by_itself() -> None:
    assert admit(post(fetch_site="cross-site", csrf=""), WRITER, "write") is None


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "BREW"])
def test_every_method_that_is_not_safe_changes_something(method: str) -> None:
    assert not is_safe(method)
    assert is_safe("HEAD")
