"""What was found, laid out, and what pages that show it depend on."""

from collections.abc import Callable, Mapping
from datetime import timedelta

import msgspec
import pytest
from tests.publish.found import GROUP, MOTOR, MemoryEvidence, bars_of, facts_ref, with_findings

from broadsheet.model import Edition, Findings, Page
from broadsheet.publish import load_theme, render_site
from broadsheet.publish.findings.record import lay_out_record, shown_name

DAYS = timedelta(days=1)


@pytest.fixture
def found(sample: Callable[..., Edition]) -> Edition:
    """The sample paper with findings."""
    return with_findings(sample())


def pages(edition: Edition) -> Mapping[str, Page]:
    return {page.path: page for page in render_site(edition, load_theme(edition.paper))}


def changed(edition: Edition, **fields: object) -> set[str]:
    """The paths of pages that get new digests when findings change so."""
    assert edition.findings is not None
    after = msgspec.structs.replace(edition, findings=msgspec.structs.replace(edition.findings, **fields))
    old, new = pages(edition), pages(after)
    return {path for path in old if old[path].digest != new[path].digest}


def findings(edition: Edition) -> Findings:
    assert edition.findings is not None
    return edition.findings


def test_an_edition_in_which_nobody_looked_has_none(sample: Callable[..., Edition]) -> None:
    made = sample()
    assert lay_out_record(made, load_theme(made.paper).almanac) is None


def test_posts_and_stories_stand_by_company(found: Edition) -> None:
    record = lay_out_record(found, load_theme(found.paper).almanac)
    assert record is not None
    (story,) = found.stories
    assert [ref.id for ref in record.posts["xiaomi"]] == [story.posts[3], story.posts[2], story.posts[0]]
    assert record.stories["baic-group"] == [story]  # by a claim
    assert record.stories["baic-motor"] == [story]  # by half of its posts
    assert record.owners["1958.HK"] == "baic-motor"
    assert record.securities(story) == ["1958.HK", "1810.HK"]


def test_a_company_whose_id_could_leave_the_site_has_no_place(found: Edition) -> None:
    book = msgspec.structs.replace(findings(found).book, companies=(msgspec.structs.replace(MOTOR, id="../x"),))
    made = msgspec.structs.replace(found, findings=msgspec.structs.replace(findings(found), book=book))
    record = lay_out_record(made, load_theme(made.paper).almanac)
    assert record is not None
    assert not record.companies


def test_one_more_fact_changes_the_pages_that_show_it(found: Edition) -> None:
    (story,) = found.stories
    refs = dict(findings(found).refs)
    refs[story.posts[0]] = msgspec.structs.replace(refs[story.posts[0]], digest="other")
    paths = changed(found, refs=refs)
    assert f"s/{story.id}/index.html" in paths
    assert not [path for path in paths if path.startswith(("feeds/", "archive/", "sitemap", "static/", "p/20250"))]


def test_a_bar_beside_the_window_changes_nothing_and_one_in_it_does(found: Edition) -> None:
    (story,) = found.stories
    shelf = findings(found).shelf
    assert isinstance(shelf, MemoryEvidence)
    day = story.first.date()
    far = [*shelf.bars("1958.HK", day - 40 * DAYS, day + 40 * DAYS), *bars_of("1958.HK", day + 60 * DAYS, 5, 4)[-2:]]
    facts = shelf.of(story.posts)
    entries = shelf.entries([claim.id for claim in findings(found).ledger])
    rest = shelf.bars("1810.HK", day - 40 * DAYS, day + 40 * DAYS)
    assert not changed(found, shelf=MemoryEvidence(facts, [*far, *rest], entries))
    assert f"s/{story.id}/index.html" in changed(found, shelf=MemoryEvidence(facts, rest, entries))


def test_a_posts_companies_are_each_known_once(found: Edition) -> None:
    shelf = findings(found).shelf
    (first, *_) = shelf.facts.of(found.stories[0].posts).values()
    assert facts_ref(first).companies == ("xiaomi", "baic-group", "baic-motor")


def test_a_company_is_called_by_its_short_name_in_the_papers_language() -> None:
    assert shown_name(MOTOR, "zh-CN").text == "北京汽车"
    assert shown_name(MOTOR, "en").text == "Beijing Motor"
    assert shown_name(GROUP, "de").text == "北汽集团"
