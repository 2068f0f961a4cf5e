"""Further names that a text gives."""

from broadsheet.annotate.mentions.aliases import find_aliases
from broadsheet.model import Mention


def test_an_old_name_and_a_new_one_are_the_companys_wherever_they_stand() -> None:
    text = "甲甲改名\n公司简称由“甲甲”变更为“乙乙”，乙乙的代码不变。"
    known = Mention(start=0, end=2, surface="甲甲", company="甲甲", company_id="a")
    found = [(text[name.start : name.end], mention.company_id) for name, mention in find_aliases(text, [known])]
    assert found == [("甲甲", "a"), ("甲甲", "a"), ("乙乙", "a"), ("乙乙", "a")]


def test_an_abbreviation_behind_a_name_is_its_own() -> None:
    text = "Acme Widgets Ltd (AWL) and others (XYZ). AWL grows."
    known = Mention(start=0, end=16, surface="Acme Widgets Ltd")
    assert [name.start for name, _ in find_aliases(text, [known])] == [18, 41]
