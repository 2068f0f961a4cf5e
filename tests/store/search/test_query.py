"""The language of questions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.store.search.days import DAY_FORMS
from broadsheet.store.search.query import (
    DEEPEST,
    MOST_WORDS,
    Among,
    Both,
    Either,
    Part,
    Query,
    Words,
    counted_words,
    filters,
    parse_query,
    sought_words,
)


def shown(part: Part) -> str:
    """A part as one line: words of a phrase with _, its ways with ~, all of these with &, none of those after !."""
    match part:
        case Words(ways=ways, beginning=beginning, in_title=in_title):
            return "title=" * in_title + "~".join("_".join(way) for way in ways) + "*" * beginning
        case Among():
            return f"{part.kind}={part.name}"
        case Either():
            return f"({' | '.join(map(shown, part.parts))})"
        case Both(wanted=wanted, unwanted=unwanted):
            return f"[{' & '.join(map(shown, wanted))}{' ! ' * bool(unwanted)}{' '.join(map(shown, unwanted))}]"


@pytest.mark.parametrize(
    ("question", "meaning"),
    [
        ("", "[]"),
        ("  ，。!", "[]"),
        ("汽车", "[汽_车]"),
        ("汽车 小米", "[汽_车 & 小_米]"),
        ("汽车　小米", "[汽_车 & 小_米]"),
        ("小米汽车", "[小_米_汽_车]"),
        ('"汽车 new"', "[汽_车_new]"),
        ("“汽车 new”", "[汽_车_new]"),
        ("「汽车 new」", "[汽_车_new]"),
        ('"汽车 new', "[汽_车_new]"),
        ("汽车 -小米", "[汽_车 ! 小_米]"),
        ('汽车 -"new 小米"', "[汽_车 ! new_小_米]"),
        ("汽车 －小米", "[汽_车 ! 小_米]"),
        ("-汽车", "[ ! 汽_车]"),
        ("汽车 or 小米", "[(汽_车 | 小_米)]"),
        ("汽车 OR 小米 new", "[(汽_车 | 小_米) & new]"),
        ("汽车 | 小米 or new", "[(汽_车 | 小_米 | new)]"),
        ("or 汽车 or", "[汽_车]"),
        ('汽车 "or" 小米', "[汽_车 & or & 小_米]"),
        ("汽车 or -小米", "[汽_车 ! 小_米]"),
        ("e-mail", "[e_mail]"),
        ("汽车- new", "[汽_车 & new]"),
        ("- new", "[new]"),
        ("小米，汽车", "[小_米_。_汽_车]"),
        ("，汽车。", "[汽_车]"),
        ("臺灣後髮", "[台_湾_后_发]"),
        ("iPhone17", "[iphone_17]"),
        ("12.8% 1,299", "[12_8 & 1299]"),
        ("new*", "[new*]"),
        ("iphone1*", "[iphone_1]"),
        ("小米* n* *", "[小_米 & n]"),
    ],
)
def test_words_mean_what_a_person_expects(question: str, meaning: str) -> None:
    assert shown(parse_query(question).root) == meaning


@pytest.mark.parametrize(
    ("question", "meaning"),
    [
        ("(new)", "[new]"),
        ("(a or b) c", "[(a | b) & c]"),
        ("（a or b）c", "[(a | b) & c]"),
        ("a or (b c -d)", "[(a | [b & c ! d])]"),
        ("a -(b c)", "[a ! [b & c]]"),
        ("-(a or b)", "[ ! (a | b)]"),
        ("((a) b", "[[a & b]]"),
        ("a) b", "[a & b]"),
        ("a ) b", "[a & b]"),
        ("() a", "[a]"),
        ("小米(1810)", "[小_米_1810]"),
        ("(小米(1810) or b)", "[(小_米_1810 | b)]"),
        ("(feed:a or title:b)", "[(feed=a | title=b)]"),
        ('("a b")', "[a_b]"),
    ],
)
def test_parentheses_hold_together(question: str, meaning: str) -> None:
    assert shown(parse_query(question).root) == meaning


@pytest.mark.parametrize(
    ("question", "meaning"),
    [
        ("feed:ithome 小米", "[feed=ithome & 小_米]"),
        ("-feed:ithome", "[ ! feed=ithome]"),
        ("feed：“IT 之家”", "[feed=IT 之家]"),
        ("FEED:x or section:新媒体/最新", "[(feed=x | section=新媒体/最新)]"),
        ("title:小米 汽车", "[title=小_米 & 汽_车]"),
        ('title:"new york"', "[title=new_york]"),
        ("title:new*", "[title=new*]"),
        ('feed:"" title:，', "[]"),
        ("feed: x", "[feed & x]"),
        ("http://x.example/a", "[http_x_example_a]"),
        ("Re:zero", "[re_zero]"),
        ('re:"a b"', "[re_a_b]"),
        ("12:30", "[12_30]"),
        ("std::sort", "[std_sort]"),
        ('"feed:x"', "[feed_x]"),
    ],
)
def test_filters_stand_among_words(question: str, meaning: str) -> None:
    query = parse_query(question)
    assert shown(query.root) == meaning
    assert query.notes == ()


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("after:2026 小米", ((2026, 1, 1),), ()),
        ("小米 before:2026-11", (), ((2026, 11, 1),)),
        ("after:2026-11-02 before：2026/11/3", ((2026, 11, 2),), ((2026, 11, 3),)),
        ("-after:2026", (), ((2026, 1, 1),)),
        ("-before:2026", ((2026, 1, 1),), ()),
        ("(a or after:2026)", ((2026, 1, 1),), ()),
    ],
)
def test_days_bound_the_whole_question(question: str, since: tuple[object, ...], until: tuple[object, ...]) -> None:
    query = parse_query(question)
    assert (query.since, query.until, query.notes) == (since, until, ())
    assert not query.is_empty


def test_a_day_that_is_none_is_left_out_and_told() -> None:
    query = parse_query("小米 after:yesterday")
    assert shown(query.root) == "[小_米]"
    assert tuple(note.told for note in query.notes) == (
        f"after:yesterday is left out: no day is written so; {DAY_FORMS}",
    )


def test_companies_and_kinds_are_filters_like_any_other() -> None:
    query = parse_query('company:小米 (IS:rumour or is:denied) -company:"new york"')
    assert shown(query.root) == "[company=小米 & (is=rumour | is=denied) ! company=new york]"
    assert query.notes == ()


@pytest.mark.parametrize(
    ("question", "ways"),
    [
        ("1958.HK", {"1958_hk", "01958_hk", "hk_1958", "hk_01958"}),
        ("01958.HK", {"1958_hk", "01958_hk", "hk_1958", "hk_01958"}),
        ("HK1958", {"1958_hk", "01958_hk", "hk_1958", "hk_01958"}),
        ("600733.SH", {"600733_sh", "sh_600733"}),
        ("sz000001", {"000001_sz", "sz_000001"}),
        ("0.HK", {"0_hk", "00000_hk", "hk_0", "hk_00000"}),
        ("600733", {"600733"}),
        ("1958.US", {"1958_us"}),
    ],
)
def test_the_code_of_a_share_is_found_however_it_is_written(question: str, ways: set[str]) -> None:
    (words,) = parse_query(question).root.wanted
    assert isinstance(words, Words)
    assert words.ways[0] == tuple(parse_query(f'"{question}"').root.wanted[0].ways[0])  # type: ignore[union-attr]
    assert {"_".join(way) for way in words.ways} == ways


def test_parentheses_may_be_deeper_than_anyone_reads() -> None:
    assert shown(parse_query("(" * 500 + "a" + ")" * 500 + " b").root).count("a") == 1
    assert shown(parse_query("(" * DEEPEST + "a").root) == "[a]"


def test_what_a_hit_may_hold_is_told_apart_from_what_it_must_not() -> None:
    query = parse_query("a (b or feed:x -c) -d -(feed:y e)")
    assert [way for words in sought_words((query.root,)) for way in words.ways] == [("a",), ("b",)]
    assert [one.name for one in filters((query.root,))] == ["x", "y"]


TYPED = '"“”-|() :：*^+\n，。a小米\x00\ud800'


@settings(max_examples=200)
@given(st.lists(st.sampled_from([*TYPED, "or", "OR ", "feed:", "after:", "2026", "is:"])).map("".join))
def test_nothing_that_can_be_typed_is_an_error(question: str) -> None:
    query = parse_query(question)
    assert all(all(words.ways) for words in sought_words((query.root,)))
    assert query.is_empty == (query == Query(notes=query.notes))


@settings(max_examples=100)
@given(st.text())
def test_any_text_is_a_question(question: str) -> None:
    assert isinstance(parse_query(question), Query)


@pytest.mark.parametrize("question", ["word ", "word or ", "-word ", "feed:word ", "小米", "title:word "])
def test_of_a_very_long_question_the_beginning_is_asked_for_and_a_note_says_so(question: str) -> None:
    query = parse_query(question * (3 * MOST_WORDS))
    asked = sum(len(one.ways[0]) for one in sought_words((query.root, *query.root.unwanted)))
    assert asked + len(list(filters((query.root,)))) == MOST_WORDS
    left = 3 * MOST_WORDS * (2 if question == "小米" else 1) - MOST_WORDS
    assert tuple(note.told for note in query.notes) == (
        f"only the first {MOST_WORDS} words are asked for (a Chinese character is one); left out: {left}",
    )


def test_what_is_long_but_not_too_long_is_asked_for_whole() -> None:
    query = parse_query("小" * (MOST_WORDS - 1) + " new*")
    assert query.notes == ()
    assert shown(query.root).endswith(" & new*]")


def test_a_phrase_that_is_cut_ends_with_a_word_and_begins_no_other() -> None:
    query = parse_query("小" * (MOST_WORDS - 2) + '"new。york times*"')
    assert shown(query.root).endswith(" & new]")


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("小米 a -b", {"小_米": [], "a": []}),
        ("a or feed:here", {"a": []}),
        ("c a or (b -d)", {"c": [], "a": [], "b": ["[b ! d]"]}),
        ("a or (b (c -d))", {"a": [], "b": ["[b & [c ! d]]"], "c": ["[b & [c ! d]]", "[c ! d]"]}),
    ],
)
def test_words_of_one_of_several_alternatives_count_where_all_of_it_matches(
    question: str, counted: dict[str, list[str]]
) -> None:
    found = {
        shown(one): [shown(part) for part in within] for one, within in counted_words(parse_query(question).root)
    }
    assert found == counted
