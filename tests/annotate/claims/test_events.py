import pytest
from tests.annotate.test_cues import cues_of

from broadsheet.annotate.claims.events import acts_in, transfer_event
from broadsheet.model import Event


def events(text: str) -> list[tuple[str, bool]]:
    acts = acts_in(text, cues_of("events", text))
    return [(act.event, act.weak) for act in acts]


@pytest.mark.parametrize(
    ("clause", "event", "vague"),
    [
        ("收购远山60%股权", "acquisition", False),
        ("收购远山9.5%的股权", "stake", False),
        ("收购远山100%股权", "acquisition", False),
        ("收购远山的控制权", "acquisition", False),
        ("收购远山部分股权", "stake", False),
        ("收购远山", "acquisition", True),
        ("利率下降1.2.3%后收购", "acquisition", True),
    ],
)
def test_control_or_the_whole_is_an_acquisition_and_a_part_a_stake(clause: str, event: Event, vague: bool) -> None:
    assert transfer_event(clause) == (event, vague)


def test_what_a_clause_is_most_about_comes_first() -> None:
    assert events("双方签署协议组建合资企业") == [("joint_venture", False), ("contract", False)]


def test_a_strong_cue_makes_up_for_a_weak_one() -> None:
    assert events("晨星寻求合作，双方达成合作") == [("partnership", False)]
    assert events("晨星寻求合作") == [("partnership", True)]


def test_a_risk_to_a_deal_is_a_view_of_it() -> None:
    assert events("交易面临夭折的风险") == [("market_view", False)]
