"""Which posts go on which page."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.model import Edition, PostRef
from broadsheet.publish.layout import SHEET, Sheet, lay_out, sheets, until
from broadsheet.publish.theme import load_theme

AT = datetime(2026, 8, 26, tzinfo=UTC)


def refs(count: int) -> list[PostRef]:
    return [PostRef(f"{number}", "f", AT + timedelta(minutes=number), "d") for number in reversed(range(count))]


def cut(count: int) -> dict[str, Sheet]:
    return {sheet.folder: sheet for sheet in sheets(refs(count), "s/")}


@pytest.mark.parametrize("count", [0, 1, SHEET - 1, SHEET, 2 * SHEET - 1, 2 * SHEET, 5 * SHEET + 7])
def test_every_post_is_on_exactly_one_sheet_in_order(count: int) -> None:
    listed = [ref.id for sheet in cut(count).values() for ref in sheet.refs]
    assert listed == [ref.id for ref in refs(count)]


@pytest.mark.parametrize("count", range(3 * SHEET, 4 * SHEET + 2, 7))
def test_a_new_post_changes_only_the_newest_sheets(count: int) -> None:
    before, after = cut(count), cut(count + 1)
    changed = {folder for folder in after if after[folder] != before.get(folder)}
    assert "s/" in changed
    assert len(changed) <= 3
    assert "s/1/" not in changed


def test_sheets_lead_to_each_other() -> None:
    pages = cut(4 * SHEET)
    assert list(pages) == ["s/", "s/3/", "s/2/", "s/1/"]
    assert (pages["s/"].newer, pages["s/"].older) == (None, "s/3/")
    assert (pages["s/3/"].newer, pages["s/3/"].older) == ("s/", "s/2/")
    assert (pages["s/1/"].newer, pages["s/1/"].older) == ("s/2/", None)
    assert len(pages["s/"].refs) == SHEET


def test_a_list_that_fits_is_one_sheet() -> None:
    (only,) = cut(3).values()
    assert (only.number, only.newer, only.older) == (None, None, None)


def test_no_news_of_tomorrow() -> None:
    dated = refs(5)
    assert list(until(dated, AT + timedelta(minutes=2))) == dated[2:]
    assert list(until(dated, AT - timedelta(days=1))) == []


def test_the_story_of_a_post_is_known_by_its_id(sample: Callable[..., Edition]) -> None:
    edition = sample()
    (story,) = edition.stories
    layout = lay_out(edition, load_theme(edition.paper).almanac, "Unfiled")
    assert layout.story_of == dict.fromkeys(story.posts, story)
    assert {post: ref.id for post, ref in layout.members.items()} == {post: post for post in story.posts}
