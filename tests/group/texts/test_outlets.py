"""Outlets have several names."""

from broadsheet.group.texts.listed import read_lines
from broadsheet.group.texts.outlets import is_outlet, outlet_name


def test_an_outlet_is_one_by_all_its_names() -> None:
    for line in read_lines("outlets.txt"):
        shown, *names = line.split("|")
        assert {outlet_name(name) for name in names} == {shown}, line
    assert outlet_name(" 山城晚报 ") == "山城晚报"


def test_an_outlet_is_told_by_its_whole_name_or_its_ending() -> None:
    assert is_outlet("reuters")
    assert is_outlet("harbour wire")
    assert not is_outlet("wire group")
    assert not is_outlet("reuters building")
