"""Search: every post that holds the words, and no other, newest or best first."""

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from bench.news import Post, make_posts
from bench.recall import LONGEST, SPELLED, draw, read_posts, recall
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.store.builders import NOON, make_batch, make_feed, make_revision, minutes

from broadsheet.store import Store, open_store
from broadsheet.store.search.fold import fold

CHARACTERS = "小米汽车北蓝谷发布会的一在是公司新能源电池股价涨跌停牌重组收购否认回应记者"
STOPS = "，。、！\n"


def make_text(chance: random.Random, length: int) -> str:
    """Chinese of few characters, so that short runs recur, with stops, numbers and Latin words in it."""
    pieces = [*CHARACTERS] * 3 + [*STOPS] + [" ", " 15 ", "iPhone", "《", "》", "２０２６年"]
    return "".join(chance.choice(pieces) for _ in range(length))


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Entry ids with their texts."""
    chance = random.Random(20261123)
    return {f"entry-{number}": make_text(chance, chance.randint(5, 400)) for number in range(150)}


@pytest.fixture(scope="module")
def filled(lasting: str, texts: dict[str, str]) -> Iterator[Store]:
    """A store that holds them, in three transactions."""
    made = [
        make_revision(name, title=text[:12].replace("\n", " "), body=text, at=minutes(number % 97))
        for number, (name, text) in enumerate(texts.items())
    ]
    with open_store(lasting, create=True) as store:
        for start in range(0, len(made), 50):
            store.apply([make_batch(*made[start : start + 50])])
        yield store


def holders(texts: dict[str, str], question: str) -> set[str]:
    """What a plain scan finds."""
    sought = fold(question)
    return {name for name, text in texts.items() if sought in fold(text) or sought in fold(text[:12])}


def found_by(store: Store, question: str) -> set[str]:
    names = {known.post_id: known.entry_id for known in store.known_entries(make_feed().id)}
    return {names[hit.id] for hit in store.search(question, limit=10_000)}


def test_any_run_of_one_to_six_characters_is_found_as_a_scan_finds_it(filled: Store, texts: dict[str, str]) -> None:
    chance = random.Random(7)
    for _ in range(120):
        text = fold(chance.choice(list(texts.values())))
        start, length = chance.randrange(len(text)), chance.randint(1, 6)
        question = text[start : start + length]
        if all(char in CHARACTERS for char in question):
            assert found_by(filled, question) >= holders(texts, question), question


def test_a_run_that_no_post_holds_is_not_found(filled: Store, texts: dict[str, str]) -> None:
    chance = random.Random(8)
    spaceless = {name: "".join(c for c in fold(text) if c.isalnum() or c == "。") for name, text in texts.items()}
    for _ in range(60):
        question = "".join(chance.choice(CHARACTERS) for _ in range(chance.randint(2, 4)))
        for name in found_by(filled, question):
            assert question in spaceless[name] or question in "".join(filter(str.isalnum, texts[name][:12]))


def recall_of(store: Store, posts: Sequence[Post], count: int) -> float:
    made = [make_revision(post.id, title=post.title, body=post.body, at=minutes(n)) for n, post in enumerate(posts)]
    store.apply([make_batch(*made)])
    marks = str.maketrans(
        "「」『』“”", "      "
    )  # one of these would end the phrase, and what follows be read by itself

    def ask(question: str) -> set[str]:
        return found_by(store, f'"{question.translate(marks)}"')

    return recall(posts, draw(posts, count, cut=False), ask, cut=False)


def test_the_sample_posts_are_found_by_any_run_of_their_text(shared: Path, store: Store, tmp_path: Path) -> None:
    posts, _ = read_posts(shared / "data" / "posts" / "raw", tmp_path / "imported.db")
    assert recall_of(store, posts, 300) == 1.0


def test_made_up_posts_are_found_by_any_run_of_their_text(store: Store) -> None:
    assert recall_of(store, list(make_posts(40)), 100) == 1.0


def can_be_asked_for(body: str) -> bool:
    """Whether a run can be drawn that cuts no word: `draw` would look for one for ever."""
    return any(map(str.isalnum, SPELLED.sub(lambda word: word[0] if len(word[0]) <= LONGEST else "", body)))


TYPED = "小米發发汽车 ，。\n,.-15aé％「ｶ"


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from(TYPED), min_size=1, max_size=40), min_size=1, max_size=4))
def test_any_run_of_a_text_finds_it(tmp_path: Path, bodies: list[str]) -> None:
    posts = [Post(f"{number:08}", "题", body, NOON) for number, body in enumerate(bodies)]
    if not any(map(can_be_asked_for, bodies)):
        return
    (tmp_path / "b.db").unlink(missing_ok=True)
    with open_store(str(tmp_path / "b.db"), create=True) as store:
        assert recall_of(store, posts, 8) == 1.0


def test_newest_comes_first_and_the_limit_holds(filled: Store) -> None:
    everything = filled.search("小 or 米 or 的", limit=1000)
    order = [(hit.published, hit.id) for hit in everything]
    assert [published for published, _ in order] == sorted((p for p, _ in order), reverse=True)
    assert [hit.id for hit in filled.search("小 or 米 or 的", limit=7)] == [hit.id for hit in everything[:7]]
    assert filled.search("小", limit=0) == []


def test_best_puts_a_title_before_a_mention(store: Store) -> None:
    mention = make_revision("a", title="别的新闻", body="其中提到小米。" + "其他" * 50, at=minutes(9))
    title = make_revision("b", title="小米发布新车", body="小米汽车今日发布。")
    store.apply([make_batch(mention, title)])
    assert [hit.title for hit in store.search("小米")] == [mention.clean.title, title.clean.title]
    assert [hit.title for hit in store.search("小米", order="best")] == [title.clean.title, mention.clean.title]


def test_a_feed_can_be_asked_alone(store: Store) -> None:
    other = make_feed("https://other.example/")
    store.apply([make_batch(make_revision("a")), make_batch(make_revision("a", post="20261123-00"), feed=other)])
    assert [hit.feed_id for hit in store.search(f"小米 feed:{other.id}")] == [other.id]
    assert [hit.feed_id for hit in store.search(f"小米 feed:{other.id}", order="best")] == [other.id]
    assert store.search("小米 feed:nobody") == []


def test_a_hit_is_a_card_with_what_was_found_marked(store: Store) -> None:
    made = make_revision(title="新品：小米汽车", body="前" * 300 + "小米" + "后" * 300)
    store.apply([make_batch(made)])
    (hit,) = store.search("小米")
    card = store.cards([hit.id])[0]
    assert (hit.id, hit.title, hit.published, hit.revision) == (card.id, card.title, card.published, card.revision)
    assert [hit.title[start:end] for start, end in hit.title_spans] == ["小米"]
    assert [hit.snippet[start:end] for start, end in hit.snippet_spans] == ["小米"]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("小米", {"a", "b"}),
        ("小米 北汽", {"b"}),
        ("北汽 or iphone", {"b", "c"}),
        ("小米 -北汽", {"a"}),
        ('"new york"', {"c"}),
        ('"york new"', set()),
        ("york new", {"c"}),
        ("-小米", {"c"}),
        ("phone", set()),
        ("小米 北汽 iphone", set()),
    ],
)
def test_words_phrases_not_and_or(store: Store, question: str, found: set[str]) -> None:
    store.apply(
        [
            make_batch(
                make_revision("a", title="甲", body="小米汽车"),
                make_revision("b", title="乙", body="小米与北汽"),
                make_revision("c", title="丙", body="iPhone in New York"),
            )
        ]
    )
    assert found_by(store, question) == found


ODD = ['"', "AND", "NEAR(a b)", "title:x", "a*", "^a", "(", "{a b}:c", "\x00", "\ud800", "'", "\\", "%_", "{matched}"]
LONG = ["a" * 5000, "a b " * 1000, "小米" * 2000, "-a " * 900, "a or " * 900, "(" * 200 + "a" + ")" * 200]
MANY = [" ".join(f"{how}w{number}" for number in range(300)) for how in ("", "or ", "-", "title:")]


@pytest.mark.parametrize("question", ODD + LONG + MANY)
def test_no_question_is_a_syntax_error(filled: Store, question: str) -> None:
    assert isinstance(filled.search(question), list)
    assert isinstance(filled.search(f"小米 {question}", order="best"), list)


def test_a_text_that_does_not_begin_with_its_title_is_indexed_whole(store: Store) -> None:
    made = make_revision()
    odd = replace(made, clean=replace(made.clean, title="别的"))
    store.apply([make_batch(odd)])
    assert store.search("小米")


def test_older_posts_with_all_words_are_found_newest_first(store: Store) -> None:
    posts = [make_revision(str(n), title=f"青禾 {n}", body="与远帆签约", at=minutes(n)) for n in range(4)]
    store.apply([make_batch(*posts, make_revision("x", title="青禾", body="独自", at=minutes(-1)))])
    assert store.older_posts(["青禾", "远帆"], minutes(3), 2) == [posts[2].post_id, posts[1].post_id]
    assert store.older_posts(["青禾"], minutes(0), 9) == [make_revision("x", at=minutes(-1)).post_id]
    assert store.older_posts(["…", ""], minutes(9), 9) == []
