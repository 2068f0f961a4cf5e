"""A block made with numpy is the same, byte for byte."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.publish.search import bulk
from broadsheet.publish.search.bulk import encode_texts
from broadsheet.publish.search.shards import encode_block
from broadsheet.publish.search.terms import postings

TEXTS = st.lists(st.text("小米北汽suA70é 。-\0\U00020000", max_size=30), min_size=1, max_size=40)


@given(TEXTS, st.integers(1, 9))
def test_numpy_writes_the_same_bytes(texts: list[str], shards: int) -> None:
    assert encode_texts(texts, shards) == encode_block(postings(texts), len(texts), shards)


def test_portions_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"第{chr(0x4E00 + number)}号文章，小米{number}" for number in range(300)]
    whole = encode_texts(texts, 40)
    monkeypatch.setattr(bulk, "PORTION", 7)
    monkeypatch.setattr(bulk, "TOGETHER", 50)
    assert encode_texts(texts, 40) == whole
