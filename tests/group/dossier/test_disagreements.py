"""Numbers that disagree."""

from datetime import UTC, datetime, timedelta

from broadsheet.group.dossier.disagreements import disagreements
from broadsheet.model import PostText

AT = datetime(2026, 8, 26, tzinfo=UTC)


def found(*texts: str) -> list[list[tuple[str, list[str]]]]:
    posts = [
        PostText(
            post_id=f"p{at}", feed_id="f", published=AT + timedelta(minutes=at), language=None, title="t", text=text
        )
        for at, text in enumerate(texts)
    ]
    return [
        [(side.value, [said.post_id for said in side.said]) for side in one.sides] for one in disagreements(posts)
    ]


def test_two_values_of_one_thing_stand_side_by_side_with_who_said_so() -> None:
    first, second = "北京汽车在港股最高涨25%，小米涨3%。", "受此带动，北京汽车在港股涨超35%。"
    assert found(first, second, first) == [[("25%", ["p0", "p2"]), ("超35%", ["p1"])]]


def test_the_sentence_is_quoted_as_it_was_written() -> None:
    posts = [
        PostText(post_id=name, feed_id="f", published=AT, language="en", title="t", text=text)
        for name, text in (
            ("a", "The plant will hire 600 people in Ostrava."),
            ("b", "“The plant will hire 420 people in Ostrava.”"),
        )
    ]
    ((one, other),) = (disagreement.sides for disagreement in disagreements(posts))
    assert one.said[0].sentence == "The plant will hire 600 people in Ostrava."
    assert other.said[0].sentence == "“The plant will hire 420 people in Ostrava.”"


def test_what_agrees_is_no_disagreement_however_it_is_written() -> None:
    assert found("工厂将雇用六百名工人在本地。", "工厂将雇用600名工人在本地。", "工厂将雇用约620名工人在本地。") == []


def test_numbers_of_different_things_do_not_disagree() -> None:
    assert found("北京汽车在港股最高涨25%。", "北汽蓝谷在A股收盘时涨10%。") == []
    assert found("公司今年投资42亿元建设厂房。", "公司今年投资42万吨建设厂房。") == []
    assert found("本月移动用户净增数658.9万户。", "本月移动用户净增数2万户。") == []
    assert found("涨25%。", "涨35%。") == []


def test_a_post_that_gives_both_values_disagrees_with_none() -> None:
    both = "工厂将雇用600名工人在本地。此前说工厂将雇用420名工人在本地。"
    assert found(both, "工厂将雇用420名工人在本地。") == []


def test_a_number_joins_the_thing_that_it_is_most_like() -> None:
    first = "北京工厂明年的产量是25万辆汽车。上海工厂明年的产量是35万辆汽车。"
    assert found(first, "上海工厂明年的产量是36万辆汽车。") == [[("35万辆", ["p0"]), ("36万辆", ["p1"])]]


def test_only_so_many_numbers_are_compared() -> None:
    many = "".join(f"第{chr(0x4E00 + at)}家工厂明年的产量是{at + 1}万吨。" for at in range(700))
    assert found(many, "最后一家工厂明年的产量是9万吨。") == []
