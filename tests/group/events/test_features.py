from typing import Any

import pytest
from msgspec.structs import replace
from tests.group.samples import FLASH, post

from broadsheet.group.events.features import BY_THOUGHT, TEXT, clashes, features_of
from broadsheet.group.events.profile import read_post
from broadsheet.group.texts.terms import lessons


def features(one: str, other: str, hours: float = 0, **fields: Any) -> dict[str, float]:
    first, second = post("a", one), replace(post("b", other, hours=hours), **fields)
    return features_of(read_post(replace(first, **fields)), read_post(second))


def test_every_feature_is_there_and_a_post_is_like_itself() -> None:
    same = features(FLASH, FLASH)
    assert set(same) == {*TEXT, *BY_THOUGHT, "taught"}
    for name in ("characters", "terms", "contained", "contained_most", "title", "title_in_text", "heads"):
        assert same[name] == pytest.approx(1)


def test_posts_that_share_nothing_and_empty_posts_have_nothing_to_tell() -> None:
    for other in ("quokka", ""):
        nothing = features(FLASH, other)
        assert not any(nothing[name] for name in TEXT if name not in {"shorter", "length_ratio"})


def test_the_same_number_speaks_for_and_another_in_the_title_against() -> None:
    agreeing = features("海川科技跌14.2%", "海川科技跌14%")
    differing = features("海川科技跌14%", "海川科技跌15%")
    assert (agreeing["numbers"] > 0, agreeing["numbers_differ"], agreeing["title_numbers_differ"]) == (True, 0, 0)
    assert (differing["numbers"], differing["numbers_differ"], differing["title_numbers_differ"]) == (0, 1, 1)
    assert clashes(read_post(post("a", "跌14%")), read_post(post("b", "跌15%，5万元"))) == [("14%", "15%")]


def test_terms_tell_what_they_were_found_to_tell() -> None:
    shared, apart = lessons()
    term = next(term for term in shared if len(term) == 1 and term in apart)
    assert features(term, term)["taught"] == pytest.approx(shared[term])
    assert features(term, "鱻")["taught"] == pytest.approx(apart[term])
    assert features("quokka", "wombat")["taught"] == 0


def test_days_and_names_speak_for_or_against() -> None:
    assert features("3月22日的《雾海》", "3月22日的《雾海》")["days"] == 1
    other = features("3月22日的《雾海》", "3月23日的《川山》")
    assert (other["days"], other["days_differ"], other["names"], other["names_missing"]) == (0, 1, 0, 1)
    assert features("海川股份：净利增", "雾山控股：净利增")["subjects_differ"] == 1


def test_hours_count_after_the_first_half_day() -> None:
    assert features(FLASH, FLASH, hours=10)["hours"] == 0
    assert features(FLASH, FLASH, hours=36)["hours"] == 24


def test_images_are_alike_where_few_bits_differ() -> None:
    def alike(one: str | None, other: str | None) -> float:
        first, second = replace(post("a", FLASH), image=one), replace(post("b", FLASH), image=other)
        return features_of(read_post(first), read_post(second))["image"]

    assert alike("00000000000000ff", "00000000000000fe") == 1
    assert alike("00000000000000ff", "ffffffffffffff00") == 0
    assert alike("00000000000000ff", "ff") == alike(None, "00000000000000ff") == 0
