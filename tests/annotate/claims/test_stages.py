import pytest
from tests.annotate.test_cues import cues_of

from broadsheet.annotate.claims.stages import modal_of, stage_of, told_stage
from broadsheet.model import Event, Stage


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("晨星将终止收购", "terminated"),
        ("晨星推迟上市", "paused"),
        ("晨星考虑与远山洽谈", "considering"),
        ("晨星正洽谈可能的收购", "talks"),
        ("晨星拟签署协议", "planned"),
        ("双方已签署框架协议", "intent"),
        ("双方已签署协议", "agreement"),
        ("交易尚需批准", "approval"),
        ("晨星已完成收购", "completed"),
        ("晨星收购远山", None),
    ],
)
def test_the_cues_of_a_clause_tell_its_stage(text: str, stage: Stage | None) -> None:
    assert told_stage(cues_of("stages", text)) == stage


@pytest.mark.parametrize(
    ("event", "text", "inherited", "stage"),
    [
        ("market_view", "晨星将上涨", None, "none"),
        ("acquisition", "晨星收购远山", "planned", "planned"),
        ("acquisition", "晨星宣布收购远山", "talks", "planned"),
        ("personnel", "晨星宣布总裁离职", None, "completed"),
        ("listing", "晨星正与高层洽谈上市", None, "considering"),
        ("buyback_dividend", "晨星派息", None, "planned"),
        ("acquisition", "晨星收购远山", None, "completed"),
    ],
)
def test_without_a_cue_the_clause_before_decides_then_the_kind_of_act(
    event: Event, text: str, inherited: Stage | None, stage: Stage
) -> None:
    assert stage_of(event, cues_of("stages", text), inherited) == stage


def test_only_what_has_not_come_about_is_handed_on() -> None:
    assert modal_of(cues_of("stages", "晨星计划明年")) == "planned"
    assert modal_of(cues_of("stages", "晨星已完成")) is None
