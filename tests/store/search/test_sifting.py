"""Questions about companies and kinds of post find what a plain look at the facts finds."""

import random
from collections.abc import Iterator

import pytest
from tests.store.builders import NOON, make_batch, make_edge, make_revision, make_sketch, minutes
from tests.store.test_facts import BY, found_in

from broadsheet.model import Annotations, Grouping, Member, Story
from broadsheet.store import Store, open_store
from broadsheet.store.search.sifting import KINDS

TEXTS = {
    "甲": ("小米今日涨超3%，知情人士称小米正洽谈收购。", "rumour", "xiaomi"),
    "乙": ("小米澄清，知情人士称并无此事。", "denied", "xiaomi"),
    "丙": ("小米股价涨超3%。", "rumour", "baic-motor"),
    "丁": ("北汽的天气晴。", "rumour", "xiaomi"),
    "戊": ("知情人士称确有其事。", "in_talks", "xiaomi"),
}

MADE = [
    make_revision(title, title=title, body=body, at=minutes(1440 * number))
    for number, (title, (body, *_)) in enumerate(TEXTS.items())
]


def facts_of(title: str, text: str) -> Annotations:
    body = next(body for name, (body, *_) in TEXTS.items() if name == title)
    _, status, company = TEXTS[title]
    assert body in text
    return found_in(text, status=status, company=company)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def filled(lasting: str) -> Iterator[Store]:
    """A store to be asked, not written."""
    with open_store(lasting, create=True) as store:
        yield fill(store)


def fill(store: Store) -> Store:
    """Store five posts, a day apart from noon of 23 November 2026 on, with their facts."""
    store.apply([make_batch(*MADE)])
    titles = {one.post_id: one.clean.title for one in MADE}
    portion = store.facts.unread()
    store.facts.keep(portion, {one.post_id: facts_of(titles[one.post_id], one.text) for one in portion.posts}, BY)
    return store


def found(store: Store, question: str) -> str:
    """The titles found, oldest first, the same in each order."""
    hits = store.search(question)
    assert sorted(hit.id for hit in hits) == sorted(hit.id for hit in store.search(question, order="best"))
    return "".join(hit.title for hit in reversed(hits))


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("company:小米", "甲乙"),
        ("company:1810.HK", "甲乙"),
        ("company:XIAOMI", "甲乙"),
        ('company:"Xiaomi Corp"', "甲乙"),
        ("company：北京汽车", "丙"),
        ("company:无人知晓", ""),
        ("-company:无人知晓", "甲乙丙丁戊"),
        ("company:小米 or company:北京汽车", "甲乙丙"),
        ("company:小米 收购", "甲"),
        ("company:小米 -收购", "乙"),
        ("小米 -company:小米", "丙"),
        ("天气 or company:小米", "甲乙丁"),
        ("-(天气 or company:小米)", "丙戊"),
        ("-(小米 -company:小米)", "甲乙丁戊"),
        ("is:rumour", "甲"),
        ("is:rumor", "甲"),
        ("is:in-talks", "戊"),
        ("is:IN_TALKS", "戊"),
        ("is:move", "甲丙"),
        ("is:claim", "甲乙戊"),
        ("is:claim -is:denied", "甲戊"),
        ("(is:denied or is:move) company:小米", "甲乙"),
        ("(is:move or is:claim) (收购 or 股价)", "甲丙"),
        ("is:lie", ""),
        ("is:lie 小米", ""),
        ("is:copy", ""),
        ("company:小米 feed:example -title:乙", "甲"),
        ("company:小米 after:2026-11-24", "乙"),
        ("is:move before:2026-11-24", "甲"),
    ],
)
def test_posts_are_found_by_what_was_found_in_them(filled: Store, question: str, titles: str) -> None:
    assert found(filled, question) == titles


def test_a_name_of_several_companies_means_all_of_them(filled: Store) -> None:
    assert len(filled.companies.find("北京汽")) > 1
    assert found(filled, "company:北京汽") == "丙"


def test_the_best_say_most_of_the_words_and_the_limit_holds(filled: Store) -> None:
    assert [hit.title for hit in filled.search("company:小米 (收购 or 小米)", order="best")] == ["甲", "乙"]
    assert [hit.title for hit in filled.search("is:claim", limit=2)] == ["戊", "乙"]
    assert len(filled.search("is:claim", limit=2, order="best")) == 2


LEAVES = {
    "company:小米": "甲乙",
    "company:北京汽车": "丙",
    "is:move": "甲丙",
    "is:claim": "甲乙戊",
    "小米": "甲乙丙",
    "天气": "丁",
    "知情人士": "甲乙戊",
}


def draw(chance: random.Random, depth: int) -> tuple[str, set[str]]:
    """A question and what it finds."""
    if not depth:
        return chance.choice([(leaf, set(titles)) for leaf, titles in LEAVES.items()])
    (left, left_found), (right, right_found) = draw(chance, depth - 1), draw(chance, depth - 1)
    return chance.choice(
        [
            (f"({left} or {right})", left_found | right_found),
            (f"({left} {right})", left_found & right_found),
            (f"({left} -{right})", left_found - right_found),
            (f"(-{left} -{right})", {*TEXTS} - left_found - right_found),
        ]
    )


def test_any_question_finds_what_its_parts_find_put_together(filled: Store) -> None:
    chance = random.Random(20261127)
    for _ in range(150):
        question, titles = draw(chance, chance.randint(1, 3))
        assert {hit.title for hit in filled.search(question)} == titles, question


def test_copies_are_posts_that_carry_another(store: Store) -> None:
    filled = fill(store)
    ids = {hit.title: hit.id for hit in filled.search("is:claim")}
    members = (
        Member(post_id=ids["甲"]),
        Member(post_id=ids["乙"], role="edited-copy", source=ids["甲"], share=0.9),
    )
    story = Story(id="20261123-aaaaaaaaaa", members=members, title_of=ids["甲"])
    read = filled.unsketched_posts()
    filled.keep_sketches(read, [make_sketch(one) for one in MADE], [make_edge(MADE[0], MADE[1])])
    filled.group(lambda _: Grouping(stories=(story,), ended=()), NOON)
    assert found(filled, "is:copy") == "乙"
    assert found(filled, "company:小米 -is:copy") == "甲"


def test_words_are_marked_beside_filters(filled: Store) -> None:
    (hit,) = filled.search("is:rumour 收购")
    assert [hit.snippet[start:end] for start, end in hit.snippet_spans] == ["收购"]


def test_a_filter_that_means_nothing_says_what_there_is(filled: Store) -> None:
    assert filled.search_notes("company:小米 is:rumour is:move is:copy") == []
    (nothing,) = filled.search_notes("()")
    assert (nothing.what, nothing.told) == ("nothing", "nothing is asked for: write words, or a filter")
    kinds, company = filled.search_notes("is:lie company:无人知晓")
    assert kinds.told == f"is:lie means no kind of post: write one of {', '.join(KINDS)}"
    assert company.told == (
        "company:无人知晓 means no company: write a name, a code or an id; `broadsheet show company NAME` finds them"
    )
