"""CDATA sections end where they must have been meant to end."""

import pytest

from broadsheet.parse.repairs.cdata import close_cdata, open_cdata

NEXT = "<item><title><![CDATA[b]]></title></item>"


@pytest.mark.parametrize("text", ["", "a", "<a><![CDATA[x]]></a>", "<item><![CDATA[<![CDATA[ ]]></item>" + NEXT])
def test_a_section_that_ends_is_left_alone(text: str) -> None:
    assert close_cdata(text) == text


@pytest.mark.parametrize("half", ["", "]]", "]>"])
def test_a_section_ends_with_the_element_around_it(half: str) -> None:
    text = f"<item><title><![CDATA[a{half}</title></item>{NEXT}"
    assert close_cdata(text) == f"<item><title><![CDATA[a]]></title></item>{NEXT}"


def test_a_section_whose_element_does_not_end_was_none() -> None:
    assert close_cdata(f"<item><title><![CDATA[a</item>{NEXT}") == f"<item><title>a</item>{NEXT}"
    assert close_cdata(f"<item>x <![CDATA[a</item>{NEXT}") == f"<item>x a</item>{NEXT}"


def test_a_section_that_the_end_of_a_document_cut_is_closed() -> None:
    assert close_cdata("<item><title><![CDATA[a b") == "<item><title><![CDATA[a b]]>"


@pytest.mark.parametrize("misprint", ["<!CDATA[", "<[CDATA[", "<![cdata[", "<! CDATA ["])
def test_a_misprinted_beginning_is_understood(misprint: str) -> None:
    assert open_cdata(f"<a>{misprint}<b>]]></a>") == "<a><![CDATA[<b>]]></a>"
    assert open_cdata(f"<![CDATA[{misprint}]]>") == f"<![CDATA[{misprint}]]>"
