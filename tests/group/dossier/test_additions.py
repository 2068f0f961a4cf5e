"""What each report added."""

from datetime import UTC, datetime, timedelta

from broadsheet.group.dossier.additions import additions
from broadsheet.model import PostText

AT = datetime(2026, 8, 26, tzinfo=UTC)


def added(*texts: str) -> list[list[str]]:
    posts = [
        PostText(
            post_id=str(at), feed_id="f", published=AT + timedelta(minutes=at), language=None, title="t", text=text
        )
        for at, text in enumerate(texts)
    ]
    return [[one.sentence for one in found] for found in additions(posts)]


def test_all_of_the_first_report_is_new() -> None:
    assert added("标题\n海岬公司决定建第二座厂。厂址在南桥东边。") == [
        ["海岬公司决定建第二座厂。", "厂址在南桥东边。"]
    ]


def test_what_was_said_before_is_not_new_and_hardly_is_what_was_said_in_other_words() -> None:
    first = "海岬公司决定在南桥建设第二座厂。环境许可还没有批下来。"
    second = "海岬公司已决定在南桥建设第二座厂。记者在现场看到两台桩机。"
    assert added(first, second)[1] == ["记者在现场看到两台桩机。"]
    assert added(first, first) == [["海岬公司决定在南桥建设第二座厂。", "环境许可还没有批下来。"], []]


def test_what_was_said_in_pieces_is_not_new() -> None:
    first = "The plant will hire six hundred people. The river supplies water for cooling there."
    assert (
        added(first, "The plant will hire people. The river supplies the plant water for cooling people there.")[1]
        == []
    )


def test_a_number_that_nobody_gave_is_new_in_the_same_words() -> None:
    first = "消息一出，北京汽车在港股最高涨25%。"
    assert added(first, "消息一出，北京汽车在港股最高涨35%。")[1] == ["消息一出，北京汽车在港股最高涨35%。"]
    assert added(first, "消息一出，北京汽车在港股最高涨２５％。")[1] == []


def test_short_sentences_say_too_little() -> None:
    assert added("他走了。") == [[]]
    assert added("He left. He left the company yesterday.") == [["He left the company yesterday."]]


def test_it_is_counted_how_much_of_a_sentence_is_new() -> None:
    posts = [
        PostText(post_id=str(at), feed_id="f", published=AT, language=None, title="", text=text)
        for at, text in enumerate(["One two three four.", "One two five six seven eight nine."])
    ]
    assert [one.new for found in additions(posts) for one in found] == [4, 5]
