"""The pages of companies."""

import re
from collections.abc import Callable, Mapping
from datetime import timedelta

import msgspec
import pytest
from tests.publish.found import with_findings

from broadsheet.model import Edition, Page, Paper
from broadsheet.publish import load_theme, render_site
from broadsheet.publish.pages import companies


def pages(edition: Edition) -> Mapping[str, Page]:
    return {page.path: page for page in render_site(edition, load_theme(edition.paper))}


@pytest.fixture
def made(sample: Callable[..., Edition]) -> Edition:
    """The sample paper with findings, in English."""
    return with_findings(sample(paper=Paper(title="Paper", language="en")))


def text(page: Page) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page.render().decode()))


def test_every_company_named_has_a_page_and_stands_in_the_index(made: Edition) -> None:
    site = pages(made)
    assert {path for path in site if path.startswith("c/")} == {
        "c/index.html",
        "c/xiaomi/index.html",
        "c/baic-motor/index.html",
        "c/baic-group/index.html",
    }
    assert "Xiaomi 1810.HK 3 1 Beijing Motor 1958.HK 2 0" in text(site["c/index.html"])
    assert '<a href="../../c/" aria-current' not in site["c/xiaomi/index.html"].render().decode()
    assert '<li><a href="c/">Companies</a></li>' in site["index.html"].render().decode()


def test_a_paper_without_findings_leads_to_no_companies(sample: Callable[..., Edition]) -> None:
    site = pages(sample())
    assert not [path for path in site if path.startswith("c/")]
    assert 'href="c/"' not in site["index.html"].render().decode()


def test_names_and_ties_stand_with_what_says_so(made: Edition) -> None:
    page = pages(made)["c/baic-motor/index.html"]
    assert "<h1>Beijing Motor</h1>" in page.render().decode()
    assert "until 1 January 2010" in text(page)
    assert "北汽 &lt;旧&gt;" in page.render().decode()
    assert re.search(r"its parent ?: BAIC 44\.98% ?· annual report 2021", text(page))


def test_securities_stand_with_their_last_session_and_the_checks_of_the_year(made: Edition) -> None:
    later = msgspec.structs.replace(made, made_at=made.made_at + timedelta(hours=1))
    shown = text(pages(later)["c/baic-motor/index.html"])
    assert "1958.HK Hong Kong 26 August 2026 ▲ +14.78% ▲ +30.54% 2, 1 match" in shown


def test_claims_are_open_or_settled_each_with_its_days(made: Edition) -> None:
    later = msgspec.structs.replace(made, made_at=made.made_at + timedelta(days=3))
    site = pages(later)
    assert "partnership: Xiaomi, BAIC" in text(site["c/xiaomi/index.html"])
    assert "10:12" not in text(site["c/xiaomi/index.html"])
    assert "3 days" in text(site["c/xiaomi/index.html"])
    motor = text(site["c/baic-motor/index.html"])
    assert "rumour → denied the same day" in motor
    assert "No claim is open." in motor


def test_a_page_changes_with_the_day_only_while_a_claim_is_open(made: Edition) -> None:
    old, new = pages(made), pages(msgspec.structs.replace(made, made_at=made.made_at + timedelta(days=1)))
    assert old["c/xiaomi/index.html"].digest != new["c/xiaomi/index.html"].digest


def test_a_long_index_is_cut_into_sheets(made: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(companies, "SHEET", 2)
    site = pages(made)
    assert 'href="../c/-/2/" rel="prev"' in site["c/index.html"].render().decode()
    assert 'href="../../../c/" rel="next"' in site["c/-/2/index.html"].render().decode()


def test_cards_of_a_story_show_where_it_stands_and_what_its_shares_did(made: Edition) -> None:
    front = pages(made)["index.html"].render().decode()
    assert '<span class="st st-talks">in talks</span>' in front
    assert '<a class="sec" href="c/xiaomi/">' in front
    checks = re.findall(r'<ul class="chk".*?</ul>', front, re.DOTALL)
    assert ['<a href="c/baic-motor/">' in one for one in checks] == [True]
    assert '<a class="sec" href="c/baic-motor/">' not in front


def test_the_colours_of_the_market_are_those_of_the_readers(made: Edition, sample: Callable[..., Edition]) -> None:
    assert '<html lang="en" data-market-colours="intl">' in pages(made)["c/index.html"].render().decode()
    chinese = with_findings(sample())
    assert '<html lang="zh-CN" data-market-colours="cn">' in pages(chinese)["c/index.html"].render().decode()
