"""Moves as they were reported, and what the shares did."""

from collections.abc import Callable

import msgspec
import pytest
from tests.publish.found import with_findings

from broadsheet.model import Edition
from broadsheet.publish import load_theme
from broadsheet.publish.findings.moves import checks_of, last_quote, moves_of, quotes_of, said_of
from broadsheet.publish.findings.record import Record, lay_out_record


@pytest.fixture
def made(sample: Callable[..., Edition]) -> Edition:
    """The sample paper with findings."""
    return with_findings(sample())


def record_of(edition: Edition) -> Record:
    record = lay_out_record(edition, load_theme(edition.paper).almanac)
    assert record is not None
    return record


def test_every_move_is_checked_and_laid_out_by_security(made: Edition) -> None:
    record, (story,) = record_of(made), made.stories
    said = said_of(record, made.shelf.cards(story.posts), record.findings.shelf.facts.of(story.posts))
    moves = moves_of(record, said)
    assert moves is not None
    assert [one.word for one in moves.said] == ["matches", "differs", "unchecked"]
    assert (moves.count("matches"), moves.count("differs"), moves.more) == (1, 1, 0)
    (panel,) = moves.panels
    assert panel.security == "1958.HK"
    assert panel.first is moves.said[0]
    assert panel.chart is not None
    assert panel.chart.reported == 25


def test_what_several_posts_report_in_the_same_words_is_one_row(made: Edition) -> None:
    record, (story,) = record_of(made), made.stories
    said = said_of(record, made.shelf.cards(story.posts), record.findings.shelf.facts.of(story.posts))
    copied = msgspec.structs.replace(said[0], post=said[1].post)
    moves = moves_of(record, [*said, copied])
    assert moves is not None
    assert [(one, len(posts)) for one, posts in moves.rows] == [(said[0], 2), (said[1], 1), (said[2], 1)]


def test_what_a_share_did_comes_from_its_check_or_from_its_bars(made: Edition) -> None:
    record, (story,) = record_of(made), made.stories
    said = said_of(record, made.shelf.cards(story.posts), record.findings.shelf.facts.of(story.posts))
    checked, measured = quotes_of(record, story, said)
    assert (checked.security, round(checked.close or 0, 2)) == ("1958.HK", 14.78)
    assert (measured.security, round(measured.close or 0, 2)) == ("1810.HK", 3.15)
    assert last_quote(record, "1810.HK", story.first.date()).day == story.first.date()


def test_beside_a_headline_stands_the_first_checked_move_of_each_security(made: Edition) -> None:
    record, (story,) = record_of(made), made.stories
    said = said_of(record, made.shelf.cards(story.posts), record.findings.shelf.facts.of(story.posts))
    checks = checks_of(said[::-1])
    assert checks is not None
    assert [(one.move.security, one.reported) for one in checks.said] == [("1958.HK", 35)]
    assert checks.ruler.lowest <= 0 < 35 <= checks.ruler.highest
    assert checks_of(said[2:]) is None


def test_without_prices_nothing_is_said_of_a_share(made: Edition) -> None:
    findings = msgspec.structs.replace(made.findings, checking=None)  # type: ignore[type-var]
    record, (story,) = record_of(msgspec.structs.replace(made, findings=findings)), made.stories
    said = said_of(record, made.shelf.cards(story.posts), record.findings.shelf.facts.of(story.posts))
    assert {one.word for one in said} == {"unchecked"}
    assert last_quote(record, "9999.HK", story.first.date()).close is None
    assert moves_of(record, []) is None
