"""What an element inherits."""

import pytest
from lxml.etree import fromstring

from broadsheet.parse.elements.scope import Scope, tidy_language

SCOPE = Scope(base="https://a.example/b/", language="zh")


def test_an_element_that_says_nothing_changes_nothing() -> None:
    assert SCOPE.enter(fromstring("<a b='c'/>")) is SCOPE


def test_a_base_is_relative_to_the_one_around_it() -> None:
    here = SCOPE.enter(fromstring('<a xml:base="c/"/>'))
    assert (here.base, here.stated_base, here.language) == ("https://a.example/b/c/",) * 2 + ("zh",)


def test_a_language_may_be_unsaid() -> None:
    here = SCOPE.enter(fromstring('<a xml:lang=""/>'))
    assert (here.base, here.stated_base, here.language) == (SCOPE.base, None, None)


def test_a_flat_document_is_not_asked() -> None:
    flat = Scope(flat=True)
    assert flat.enter(fromstring('<a xml:lang="en"/>')) is flat


@pytest.mark.parametrize(("tag", "tidy"), [(" zh_CN ", "zh-CN"), ("", None), (None, None)])
def test_a_language_tag_has_hyphens(tag: str | None, tidy: str | None) -> None:
    assert tidy_language(tag) == tidy
