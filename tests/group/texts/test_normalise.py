from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from broadsheet.group.texts.normalise import fold, fold_each, narrow


@given(st.text())
def test_narrow_text_is_nfkc(text: str) -> None:
    assert narrow(text) == normalize("NFKC", text)


def test_width_and_case_are_gone() -> None:
    assert fold("ＡＩ涨５％，Ｂ股！") == fold("ai涨5%,b股!")


@given(st.lists(st.text(st.sampled_from("Ａb，\u0301e\0Σﬁ"))))
def test_texts_are_folded_at_once_as_one_by_one(texts: list[str]) -> None:
    assert fold_each(texts) == [fold(text) for text in texts]
