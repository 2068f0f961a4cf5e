"""What has a price."""

from broadsheet.annotate.moves.instruments import find_instruments, subjects_before
from broadsheet.annotate.tables import rows
from broadsheet.model import Mention


def names(text: str, mentions: list[Mention]) -> list[str]:
    return [text[one.start : one.end] for one in find_instruments(text, 0, len(text), mentions)]


def test_a_noun_that_holds_a_name_is_the_nouns() -> None:
    apple = Mention(start=0, end=2, surface="苹果")
    assert names("苹果主力合约跌停", [apple]) == ["苹果主力合约"]
    assert names("苹果a股跌停", [apple]) == ["苹果"]
    assert names("苹果在港股最高涨", [apple]) == ["苹果"]
    assert names("港股今天走高", [apple]) == ["港股"]
    assert names("苹果走高而港股走低", [apple]) == ["苹果", "港股"]
    assert names("截至今日半导体板块", []) == ["半导体板块"]
    assert names("固废等板块走强", []) == ["固废"]
    assert names("等板块走强", []) == []


def test_latin_letters_that_rise_or_fall_are_a_ticker_unless_they_are_known() -> None:
    acme = Mention(start=0, end=4, surface="acme")
    assert names("acme大涨3%，abcmt跟涨2%", [acme]) == ["acme", "abcmt"]
    assert names("cpi涨3%", []) == []


def test_what_belongs_to_another_is_no_subject() -> None:
    text = "苹果供应链走强"
    found = find_instruments(text, 0, 7, [Mention(start=0, end=2, surface="苹果")])
    assert subjects_before("苹果客户走强", found[:0], 0, 4) == ()


NOUNS = [
    noun
    for row in rows("instruments_zh")
    if row[0] != "many" and not row[2:] and not row[1].startswith("(?:")
    for noun in row[1].split("|")
    if noun.isalnum()
]


def test_every_noun_is_found_whatever_it_begins_with() -> None:
    assert len(NOUNS) > 50
    missed = [noun for noun in NOUNS if not find_instruments(noun, 0, len(noun), ())]
    assert missed == []
