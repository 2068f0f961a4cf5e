"""What nothing has settled yet, on the front page."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from msgspec.structs import replace
from tests.publish.found import with_findings

from broadsheet.model import Edition, Paper
from broadsheet.publish import load_theme, render_site


@pytest.fixture
def made(sample: Callable[..., Edition]) -> Edition:
    """The sample paper with findings, in English."""
    return with_findings(sample(paper=Paper(title="Paper", language="en")))


def front(edition: Edition) -> str:
    pages = {page.path: page for page in render_site(edition, load_theme(edition.paper))}
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", pages["index.html"].render().decode()))


def test_an_open_claim_stands_with_its_days_and_its_sources(made: Edition) -> None:
    later = replace(made, made_at=made.made_at + timedelta(days=2))
    assert re.search(r"Open claims 1 in all Claim Open for Independent partnership: .{,40} 2 days 3 ", front(later))


def test_who_was_asked_and_did_not_answer_is_told(made: Edition) -> None:
    assert "Who did not answer Xiaomi 1 post says so, 10:47" in front(made)


def test_a_claim_of_which_nothing_is_told_for_long_leaves_the_front_page(made: Edition) -> None:
    assert "Open claims" not in front(replace(made, made_at=made.made_at + timedelta(days=8)))


def test_a_claim_settled_since_the_last_edition_heads_what_changed(made: Edition) -> None:
    later = replace(made, made_at=made.made_at + timedelta(minutes=30))
    assert re.search(r"new posts? rumour → denied 10:52 小米将与北汽合造“电动车” the company New ", front(later))
    assert "rumour → denied" not in front(replace(made, made_at=made.made_at + timedelta(days=1)))


def test_a_paper_without_findings_lists_no_claims(sample: Callable[..., Edition]) -> None:
    assert "未决主张" not in front(sample())
