from tests.annotate.reading import read

from broadsheet.annotate.claims.hedging import hedges_of
from broadsheet.annotate.claims.sources import attribute, find_speakers


def test_without_a_claim_there_is_nothing_to_hedge() -> None:
    passage = read("晨星科技很好。结果存在不确定性。")
    assert hedges_of(passage, attribute(passage, find_speakers(passage)), []) == []
