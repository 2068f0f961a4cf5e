"""The language of questions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.store.query import Query, match_expression, parse_query

CAR, MI, NEW = ("汽", "车"), ("小", "米"), ("new",)


@pytest.mark.parametrize(
    ("question", "query"),
    [
        ("", Query()),
        ("  ，。!", Query()),
        ("汽车", Query(((CAR,),))),
        ("汽车 小米", Query(((CAR,), (MI,)))),
        ("汽车　小米", Query(((CAR,), (MI,)))),
        ("小米汽车", Query(((MI + CAR,),))),
        ('"汽车 new"', Query(((CAR + NEW,),))),
        ("“汽车 new”", Query(((CAR + NEW,),))),
        ("「汽车 new」", Query(((CAR + NEW,),))),
        ('"汽车 new', Query(((CAR + NEW,),))),
        ("汽车 -小米", Query(((CAR,),), (MI,))),
        ('汽车 -"new 小米"', Query(((CAR,),), (NEW + MI,))),
        ("汽车 －小米", Query(((CAR,),), (MI,))),
        ("-汽车", Query((), (CAR,))),
        ("汽车 or 小米", Query(((CAR, MI),))),
        ("汽车 OR 小米 new", Query(((CAR, MI), (NEW,)))),
        ("汽车 | 小米 or new", Query(((CAR, MI, NEW),))),
        ("or 汽车 or", Query(((CAR,),))),
        ('汽车 "or" 小米', Query(((CAR,), (("or",),), (MI,)))),
        ("汽车 or -小米", Query(((CAR,),), (MI,))),
        ("e-mail", Query(((("e", "mail"),),))),
        ("汽车- new", Query(((CAR,), (NEW,)))),
        ("小米，汽车", Query((((*MI, "。", *CAR),),))),
        ("，汽车。", Query(((CAR,),))),
        ("title:new", Query(((("title", "new"),),))),
        ("new*", Query(((NEW,),))),
        ("(new)", Query(((NEW,),))),
    ],
)
def test_a_question_means_what_a_person_expects(question: str, query: Query) -> None:
    assert parse_query(question) == query


def test_everything_is_quoted_for_the_index() -> None:
    query = parse_query("汽车 or new 小米 -AND -near")
    assert match_expression(query) == '(("汽 车" OR "new") AND ("小 米")) NOT ("and" OR "near")'
    assert match_expression(parse_query("new")) == '("new")'


@settings(max_examples=100)
@given(st.text(st.sampled_from('"“”-|orOR ()*:^+\n，。a小米\x00\ud800')))
def test_nothing_that_can_be_typed_is_an_error(question: str) -> None:
    query = parse_query(question)
    assert all(phrase for group in query.wanted for phrase in group)
    assert all(query.wanted) or not query.wanted
