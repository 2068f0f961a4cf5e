from tests.group.samples import post

from broadsheet.group.events.kinship import contributions
from broadsheet.group.events.profile import read_post
from broadsheet.group.events.reasons import explain
from broadsheet.model import Reason


def reasons(one: str, other: str) -> dict[str, Reason]:
    left, right = read_post(post("a", one)), read_post(post("b", other))
    return {reason.kind: reason for reason in explain(left, right, contributions(left, right))}


def test_shared_words_are_named_as_long_as_they_can_be_and_as_they_are_written() -> None:
    found = reasons("雾芯科技盘前大跌 DeepSea", "盘前，雾芯科技一度下跌；deepsea也跌")
    assert set(found["terms"].words) == {"雾芯科技", "盘前", "DeepSea"}
    assert found["terms"].weight > 0
    assert reasons("wombat's bids", "the bid of a wombat")["terms"].words == ("wombat", "bid")


def test_names_numbers_and_days_that_agree_are_named() -> None:
    found = reasons("《雾海》3月22日票房达14.2亿元", "3月22日，《雾海》票房14亿元")
    assert found["names"].words == ("雾海",)
    assert found["numbers"].words == ("14.2亿元",)
    assert found["days"].words == ("3-22",)


def test_what_speaks_against_is_named_with_less_than_nothing() -> None:
    found = reasons("海川股份：净利增14%", "雾山控股：净利增15%")
    assert found["numbers differ"].words == ("14% / 15%",)
    assert found["numbers differ"].weight < 0
    assert found["subjects differ"].words == ("海川股份", "雾山控股")


def test_common_words_and_bare_numbers_are_no_reason() -> None:
    assert reasons("这个公司 2021", "公司这个 2021") == {}


def test_text_that_folding_makes_longer_is_named_folded() -> None:
    assert reasons("㈱雾芯科技", "雾芯科技㈱")["terms"].words[0] == "雾芯科技"
