"""What a story's page shows of what was found in it."""

import re
from collections.abc import Callable, Mapping

import pytest
from tests.publish.found import with_findings

from broadsheet.model import Edition, Page, Paper
from broadsheet.publish import load_theme, render_site


def pages(edition: Edition) -> Mapping[str, Page]:
    return {page.path: page for page in render_site(edition, load_theme(edition.paper))}


@pytest.fixture
def page(sample: Callable[..., Edition]) -> str:
    """The page of the sample's story, in English."""
    made = with_findings(sample(paper=Paper(title="Paper", language="en")))
    return pages(made)[f"s/{made.stories[0].id}/index.html"].render().decode()


def section(page: str, name: str) -> str:
    (found,) = re.findall(rf'<section class="sect" id="{name}".*?</section>', page, re.DOTALL)
    return re.sub(r"\s+", " ", found)


def test_the_status_stands_in_words_with_its_reason(page: str) -> None:
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", page))
    assert '<span class="st st-talks">in talks</span>' in page
    assert "It comes from people who are not named. 3 independent sources say it." in text
    assert "No party that was asked has answered." in text
    assert "would make it announced, confirmed or denied." in text


def test_each_claim_stands_in_its_sentence_with_a_way_to_it(page: str) -> None:
    claims = section(page, "claims")
    assert "“" not in claims
    assert "<q><mark>The two companies talk</mark>.</q>" in claims.replace(
        " Shares of Beijing Motor rose 25% on Friday.", ""
    )
    assert "#:~:text=The%20two%20companies" in claims
    assert '<span class="st st-rumour">rumour</span> → <span class="st st-denied">denied</span>' in claims


def test_silence_is_told_and_is_no_refusal(page: str) -> None:
    replies = section(page, "replies")
    assert '<span class="tag">no reply</span>' in replies
    assert '<span class="tag o">not asked</span>' in replies
    assert "declined" not in page


def test_the_market_is_drawn_and_each_verdict_is_a_word(page: str) -> None:
    market = section(page, "market")
    assert market.count('<svg class="kc"') == 1
    assert market.count('<svg class="ruler"') == 2
    assert '<span class="vd no">does not match</span>' in market
    assert "after the report the move went on beyond the figure" in market
    assert "no security is named" in market
    assert "概念股 &lt;b&gt;" in market
    assert " style=" not in page


def test_shares_stand_as_chips_with_the_close_of_the_day(page: str) -> None:
    (chips,) = re.findall(r'<p class="secs">.*?</p>', page, re.DOTALL)
    assert re.findall(r"[+−][\d.]+%", chips) == ["+14.78%", "+3.15%"]


def test_an_older_deal_stands_in_the_background_with_its_date(page: str) -> None:
    assert "28 July 2017" in section(page, "background")
