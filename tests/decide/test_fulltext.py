"""Which posts want the text of their article's page, and when a page is asked for again."""

from datetime import UTC, datetime

import pytest

from broadsheet.clean import clean_entry
from broadsheet.decide import after_refusal, wants_full_text
from broadsheet.decide.fulltext import LONGEST_S, WAITS_S
from broadsheet.model import CleanEntry, FullTextRule, ParsedEntry, Response, SafeHtml

LINK = "https://paper.example/1.html"
AUTO, ALWAYS, NEVER = FullTextRule(), FullTextRule(choice="always"), FullTextRule(choice="never")
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def wants(body: str, rule: FullTextRule = AUTO, link: str | None = LINK, content: str | None = None) -> bool:
    entry = ParsedEntry(
        title="题", summary=body, summary_type="html", content=content, content_type="html", link=link
    )
    return wants_full_text(entry, clean_entry(entry), rule)


@pytest.mark.parametrize(
    "body",
    [
        "水厂昨天通水…",
        "水厂昨天通水……",
        "水厂昨天通水...",
        "水厂昨天通水。。。",
        "水厂昨天通水…”",
        "<p>水厂昨天通水[&hellip;]</p>",
        "水厂昨天通水 [...]",
        "水厂昨天通水 阅读全文",
        "水厂昨天通水<a href='/1'>查看全文 &gt;&gt;</a>",
        "水廠昨天通水 點擊閱讀全文",
        "水厂昨天通水（未完待续）未完待续",
        "<p>The ferries will be electrified.</p><p><a href='/1'>Read more</a></p>",
        "The ferries will be electrified. Read the full story »",
        "The ferries will be electrified (more)",
        "The ferries will be electrified. Continue reading “Ferries” →",
        "<p>The ferries [&#8230;]</p><p>The post <a href='/1'>A</a> appeared first on <a href='/'>Wire</a>.</p>",
        "Die Fähren fahren elektrisch. Weiterlesen",
        "Les bacs seront électriques. Lire la suite",
    ],
)
def test_a_short_text_that_is_cut_off_wants_the_rest(body: str) -> None:
    assert wants(body)


@pytest.mark.parametrize(
    "body", ["水厂昨天通水。", "", "等等…他说，水厂昨天通水。", "Nothing more to read.", "<img src='/a.png'>"]
)
def test_a_text_that_ends_well_is_whole(body: str) -> None:
    assert not wants(body)


def test_a_long_text_is_whole_whatever_its_end() -> None:
    assert not wants("水厂昨天通水" * 100 + "…")
    assert wants("水厂昨天通水" * 100 + "…", FullTextRule(shorter_than=1000))


def test_the_content_is_looked_at_before_the_summary() -> None:
    assert not wants("水厂…", content="水厂昨天通水。")
    assert wants("水厂昨天通水。", content="水厂…")
    assert wants("水厂…", content=" ")


def test_the_owner_s_choice_wins() -> None:
    assert wants("水厂昨天通水。", ALWAYS)
    assert not wants("水厂昨天通水…", NEVER)


@pytest.mark.parametrize(
    "link",
    [
        None,
        "",
        "mailto:a@paper.example",
        "/relative",
        "ftp://paper.example/1",
        "https://paper.example/a.PDF",
        "https://paper.example/a.mp3",
        "http://[::1",
    ],
)
def test_what_is_no_page_is_never_asked_for(link: str | None) -> None:
    assert not wants("水厂昨天通水…", AUTO, link)
    assert not wants("水厂昨天通水…", ALWAYS, link)


def test_a_link_that_is_no_address_is_never_asked_for() -> None:
    odd = CleanEntry(title="题", html=SafeHtml(""), text="题\n水厂…", link="http://[::1")
    assert not wants_full_text(ParsedEntry(), odd, ALWAYS)


def answer(status: int, **headers: str) -> Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(address=LINK, final_address=LINK, status=status, headers=named, received_at=NOW)


@pytest.mark.parametrize(
    "reason",
    ["paywall", "several-pages", "no-article", "no-longer", "other-page", "robots", "not-a-page", "too-large"],
)
def test_what_a_page_lacks_it_lacks_for_good(reason: str) -> None:
    assert after_refusal(reason, 0).wait_s is None


def test_what_may_pass_is_tried_again_later_and_given_up_in_the_end() -> None:
    waits = [after_refusal("timeout", tries).wait_s for tries in range(len(WAITS_S) + 1)]
    assert waits == [*WAITS_S, None]


@pytest.mark.parametrize(
    ("status", "wait"),
    [
        (500, WAITS_S[0]),
        (403, WAITS_S[0]),
        (404, WAITS_S[0]),
        (429, WAITS_S[0]),
        (410, None),
        (401, None),
        (402, None),
        (451, None),
    ],
)
def test_a_refused_page_is_asked_again_where_that_may_pass(status: int, wait: int | None) -> None:
    assert after_refusal(f"http-{status}", 0, answer(status)).wait_s == wait


def test_a_server_s_wish_to_rest_is_obeyed_within_bounds() -> None:
    assert after_refusal("http-503", 0, answer(503, retry_after="86400")).wait_s == 86_400
    assert after_refusal("http-503", 0, answer(503, retry_after="99999999")).wait_s == LONGEST_S
    assert after_refusal("http-503", 0, answer(503, retry_after="9")).wait_s == WAITS_S[0]
    assert after_refusal("no-content", 0, answer(204)).wait_s is None
