"""The door of the room."""

from tests.annotate.conftest import DAY, Annotate

from broadsheet.annotate import NameBook, annotate_post, curated_book


def test_the_text_and_the_language_come_back_with_the_facts(annotate: Annotate) -> None:
    found = annotate("玉兔科技涨3%。", "zh-Hant")
    assert (found.language, found.text, len(found.mentions), len(found.moves)) == ("zh-Hant", "玉兔科技涨3%。", 1, 1)


def test_claims_answers_origins_and_dates_come_with_the_companies_they_are_about(annotate: Annotate) -> None:
    found = annotate("晨报社3月2日讯，知情人士称，玉兔科技正洽谈收购白鹤股份，玉兔科技未回应。")
    (claim,) = found.claims
    assert (claim.event, claim.stage, claim.source, claim.status) == ("acquisition", "talks", "anonymous", "in_talks")
    assert claim.parties == ("玉兔科技", "白鹤股份")
    assert [(reply.party, reply.response) for reply in found.responses] == [("玉兔科技", "no_reply")]
    assert [(origin.outlet, origin.byline) for origin in found.origins] == [("晨报社", True)]
    assert [(named.value, named.precision) for named in found.dates] == [("2022-03-02", "day")]


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
