"""Unknown firms in lists of known ones."""

from broadsheet.annotate.mentions.mates import list_mates
from broadsheet.model import Mention


def mention(text: str, name: str) -> Mention:
    start = text.index(name)
    return Mention(start=start, end=start + len(name), surface=name)


def test_the_others_of_a_list_of_companies_are_companies() -> None:
    text = "甲甲股份、通海电力、乙乙股份、南海能科等走强"
    known = [mention(text, "甲甲股份"), mention(text, "乙乙股份")]
    assert [text[found.start : found.end] for found in list_mates(text, known)] == ["通海电力", "南海能科"]
    assert list(list_mates(text, known[:1])) == []
    assert list(list_mates("甲甲股份", known)) == []


def test_what_has_no_sure_end_is_left() -> None:
    text = "今日甲甲股份、乙乙股份、消费者走强"
    assert list(list_mates(text, [mention(text, "甲甲股份"), mention(text, "乙乙股份")])) == []


def test_a_list_with_fewer_than_two_companies_is_none_of_companies() -> None:
    text = "甲甲股份走强，通海电力、乙乙股份、南海能科下跌"
    assert list(list_mates(text, [mention(text, "甲甲股份"), mention(text, "乙乙股份")])) == []
