"""The door of the room."""

from tests.annotate.conftest import DAY, Annotate

from broadsheet.annotate import NameBook, annotate_post, curated_book


def test_the_text_and_the_language_come_back_with_the_facts(annotate: Annotate) -> None:
    found = annotate("玉兔科技涨3%。", "zh-Hant")
    assert (found.language, found.text, len(found.mentions), len(found.moves)) == ("zh-Hant", "玉兔科技涨3%。", 1, 1)


def test_the_first_story_is_read_with_the_book_that_ships() -> None:
    text = "午间播报\n北京汽车港股最高涨25%，小米集团一度涨超3%，北汽蓝谷涨超近10%。北汽与北京现代未回应。"
    found = annotate_post(text, "zh", DAY, NameBook(curated_book()))
    moves = [(move.security, move.value, move.operator, move.statistic) for move in found.moves]
    assert moves == [
        ("1958.HK", 25, "eq", "high"),
        ("1810.HK", 3, "over", "high"),
        ("600733.SH", 10, "near", "last"),
    ]
    relations = {mention.surface: mention.relation for mention in found.mentions}
    assert (relations["北汽"], relations["北京现代"]) == ("parent", "jv")
