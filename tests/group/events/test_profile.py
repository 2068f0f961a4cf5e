import pytest
from tests.group.samples import FLASH, post

from broadsheet.group.events.profile import LEAD, read_post


def test_a_post_is_read_with_its_title_its_beginning_and_without_the_dateline() -> None:
    profile = read_post(post("a", f"海川科技：涨5.2%\n新闻社3月22日讯，海川科技涨5.2%。{'没有人读到这里。' * 300}"))
    assert profile.cjk
    assert profile.subject == "海川科技"
    assert profile.head == ("海川", "川科", "科技")
    assert [one.words for one in profile.title_quantities] == ["5.2%"]
    assert "闻社" not in profile.terms.terms
    assert len(profile.folded) < LEAD[True] + 30


def test_a_term_that_stands_twice_weighs_more_but_not_double() -> None:
    terms = read_post(post("a", "quokka quokka wombat")).terms.terms
    assert terms["wombat"] < terms["quokka"] < 2 * terms["wombat"]


def test_a_post_without_a_title_is_read_by_its_text() -> None:
    assert read_post(post("a", f"\n{FLASH}")).cjk


def test_an_empty_post_is_read_too() -> None:
    profile = read_post(post("a", ""))
    assert (profile.size, profile.title_weight) == (0, 0)
    assert profile.terms.length == pytest.approx(1)
