"""What `annotate --json` prints."""

from tests.annotate.conftest import Annotate

from broadsheet.annotate import annotations_json


def test_the_keys_are_those_documented_and_whole_numbers_have_no_point(annotate: Annotate) -> None:
    whole = annotations_json(annotate("玉兔科技涨3%，白鹤股份涨1.5%。"))
    assert list(whole) == ["language", "text", "mentions", "moves", "claims", "responses", "origins", "dates"]
    mentions, moves = whole["mentions"], whole["moves"]
    assert isinstance(mentions, list)
    assert isinstance(moves, list)
    assert list(mentions[0]) == ["start", "end", "surface", "company", "security", "securities", "relation"]
    assert mentions[0]["securities"] == ["600901.SH", "0901.HK"]
    assert [repr(move["value"]) for move in moves] == ["3", "1.5"]
    assert list(moves[0]) == [
        "start", "end", "surface", "instrument", "security", "direction", "value", "value_high", "unit", "operator",
        "statistic", "session",
    ]  # fmt: skip
