"""Whom a claim is about."""

import pytest
from tests.annotate.reading import read

from broadsheet.annotate.claims.parties import parties_of


@pytest.mark.parametrize(
    ("text", "words", "parties"),
    [
        ("晨星科技收购了远山软件。", "晨星科技收购了远山软件", ("晨星科技", "远山软件")),
        ("晨星科技宣布，已完成融资，由白石资本领投。", "已完成融资，由白石资本领投", ("晨星科技", "白石资本")),
        ("晨星科技公告，收购远山软件的股权。", "收购远山软件的股权", ("晨星科技", "远山软件")),
        ("晨星科技发布公告。公司与远山软件没有接触。", "公司与远山软件没有接触", ("晨星科技", "远山软件")),
        ("晨星科技发布公告。将扩大产能。", "将扩大产能", ("晨星科技",)),
        ("晨星科技与远山软件见过面。双方签署了协议。", "双方签署了协议", ("晨星科技", "远山软件")),
        (
            "晨星科技与远山软件见过面。双方与白石银行签约。",
            "双方与白石银行签约",
            ("晨星科技", "远山软件", "白石银行"),
        ),
        ("今天有雨。公司将扩大产能。", "公司将扩大产能", ()),
        ("远山软件将扩产。", "远山软件将扩产", ("远山软件",)),
    ],
)
def test_the_parties_of_a_claim(text: str, words: str, parties: tuple[str, ...]) -> None:
    passage = read(text)
    start = text.index(words)
    number = next(at for at, sentence in enumerate(passage.sentences) if sentence.start <= start < sentence.end)
    assert parties_of(passage, number, start, start + len(words)) == parties
