"""What every kind of page is made with."""

from collections.abc import Callable

import msgspec

from broadsheet.model import Edition
from broadsheet.publish.layout import lay_out
from broadsheet.publish.press import Press
from broadsheet.publish.theme import load_theme


def press_of(edition: Edition) -> Press:
    theme = load_theme(edition.paper)
    return Press(edition, theme, lay_out(edition, theme.almanac, "Unfiled"))


def test_a_page_asks_for_its_data_only_when_it_is_printed(sample: Callable[..., Edition]) -> None:
    asked: list[str] = []

    def context() -> dict[str, object]:
        asked.append("now")
        return {}

    page = press_of(sample()).page("404.html", "404.html", ["x"], context)
    assert asked == []
    page.render()
    assert asked == ["now"]


def test_a_page_depends_on_its_inputs_its_template_and_its_path(sample: Callable[..., Edition]) -> None:
    press = press_of(sample())
    pages = [press.page(path, template, [given], dict) for path in "ab" for template in "cd" for given in "ef"]
    assert len({page.digest for page in pages}) == 8


def test_cards_depend_on_their_posts_and_on_what_is_shown_of_their_feeds(sample: Callable[..., Edition]) -> None:
    before = sample()
    cars = next(feed for feed in before.feeds.values() if feed.title == "南桥快报")
    (ref,) = [ref for ref in before.refs if ref.feed_id == cars.id]
    others = [one for one in before.refs if one is not ref]
    renamed = msgspec.structs.replace(before.feeds[ref.feed_id], name="New name")
    after = msgspec.structs.replace(before, feeds={**before.feeds, ref.feed_id: renamed})
    edited = msgspec.structs.replace(ref, digest="other")
    assert press_of(before).shown([ref]) != press_of(after).shown([ref])
    assert press_of(before).shown([ref]) != press_of(before).shown([edited])
    assert press_of(before).shown(others) == press_of(after).shown(others)


def test_what_is_told_of_stories_depends_on_them_and_on_their_posts(sample: Callable[..., Edition]) -> None:
    before = sample()
    (story,) = before.stories
    within = [ref for ref in before.refs if ref.id in story.posts]
    others = [ref for ref in before.refs if ref.id not in story.posts]
    retold = msgspec.structs.replace(before, stories=[msgspec.structs.replace(story, digest="other")])
    edited = msgspec.structs.replace(
        before,
        refs=[msgspec.structs.replace(ref, digest="other") if ref is within[0] else ref for ref in before.refs],
    )
    told = press_of(before).told(within[1:])
    assert told == press_of(before).told(within[2:]) != []
    assert told != press_of(retold).told(within[1:])
    assert told != press_of(edited).told(within[1:])
    assert press_of(before).told(others) == []


def test_a_storys_posts_stand_in_the_order_of_publication(sample: Callable[..., Edition]) -> None:
    press = press_of(sample())
    (story,) = press.edition.stories
    moments = [ref.published for ref in press.members(story)]
    assert len(moments) == 4
    assert moments == sorted(moments)
