"""The form in which texts are compared is as long as the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.annotate.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Apple INC", "apple inc"),
        ("ＡＢＣ１２３％", "abc123%"),
        ("小米集團－Ｗ", "小米集团-w"),
        ("臺積電", "台积电"),
        ("①㈱ﬁİ", "1㈱ﬁİ"),
    ],
)
def test_width_case_and_script_are_no_differences(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_a_folded_text_is_as_long_as_the_text(text: str) -> None:
    assert len(fold(text)) == len(text)
