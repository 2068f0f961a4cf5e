import pytest
from tests.annotate.reading import read

from broadsheet.annotate.claims.sources import attribute, find_speakers


def sources(text: str) -> list[str]:
    passage = read(text)
    return [speaker.source for clauses in attribute(passage, find_speakers(passage)) for speaker in clauses]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("晨星科技表示，收购已完成", "company"),
        ("晨星科技总裁今日表示，收购已完成", "named_person"),
        ("晨星科技高管昨日表示，收购已完成", "named_person"),
        ("白石证券认为，行业将回暖", "analyst"),
        ("晨星科技公告称，收购已完成", "filing"),
        ("李明说，收购已完成", "named_person"),
        ("彭博社报道称，知情人士透露，收购已完成", "anonymous"),
        ("知情人士称，网传的收购不实", "anonymous"),
        ("网传收购，已完成", "market_rumour"),
        ("据晨光报报道，收购已完成", "outlet"),
    ],
)
def test_the_deepest_speaker_before_a_clause_is_its_source(text: str, source: str) -> None:
    assert sources(text)[-1] == source


@pytest.mark.parametrize(
    "text",
    [
        "晨星科技拟于明日宣布，收购完成",
        "晨星科技这家成立了三十年而且在本地十分有名的软件和硬件生产企业称，收购完成",
        "称，收购完成",
        "晨星科技这家公司是本市成立最早的软件和硬件生产企业之一并且在海外有多家子公司对外宣布，收购完成",
    ],
)
def test_a_verb_without_a_company_that_speaks_is_no_source(text: str) -> None:
    assert sources(text)[-1] == "unattributed"


def test_a_speaker_reaches_to_the_end_of_the_paragraph_unless_another_speaks() -> None:
    assert sources("知情人士称，收购将完成。双方很快签约。") == ["anonymous"] * 3
    assert sources("知情人士称，收购将完成。\n双方很快签约。")[-1] == "unattributed"
    assert sources("知情人士称，收购将完成。据悉，双方签约。")[-1] == "unattributed"
    assert sources("知情人士称，收购将完成。据悉，晨星科技公告，双方签约。")[-1] == "filing"


def test_english_names_its_sources_behind_what_they_say() -> None:
    assert sources("Morning Star will cut jobs, Reuters reported, citing sources.")[0] == "anonymous"
    assert sources("Morning Star will cut jobs, Reuters reported, on Monday.")[0] == "outlet"


def test_what_a_reporter_learned_from_a_company_it_says() -> None:
    assert sources("记者从晨星科技处获悉，收购已完成")[-1] == "company"
    assert sources("记者获悉，收购已完成")[-1] == "own_reporting"


def test_a_report_that_adds_something_goes_on_with_who_spoke_in_it() -> None:
    assert sources("知情人士称，收购将完成。报道还称，双方将签约。\n报道称，双方满意。")[-1] == "anonymous"
    assert sources("报道称，双方满意。")[-1] == "outlet"


def test_a_text_that_opens_with_the_report_of_an_outlet_is_that_report() -> None:
    assert sources("题目\n据晨光报报道，收购将完成。\n双方将签约。")[-1] == "outlet"
    assert sources("题目\n收购将完成。\n据晨光报报道，双方满意。\n双方将签约。")[-1] == "unattributed"


def test_hearsay_goes_on_only_where_the_sentence_takes_it_up() -> None:
    assert sources("彭博社报道称，知情人士透露，收购将完成。这笔交易很大。")[-1] == "anonymous"
    assert sources("彭博社报道称，知情人士透露，收购将完成。北岭汽车在裁员。")[-1] == "outlet"
    assert sources("知情人士透露，收购将完成。北岭汽车在裁员。")[-1] == "unattributed"


def test_a_speaker_at_the_end_reaches_back() -> None:
    assert sources("收购将完成，知情人士称") == ["anonymous", "anonymous"]
    assert sources("“收购将完成，”晨星科技称，“很快。”") == ["company"] * 3
    assert sources("收购将完成，晨星科技称，很快，签约")[0] == "unattributed"


def test_who_tells_that_the_news_is_his_is_behind_what_stands_before_it() -> None:
    told = "一位投行人士透露了上述消息。"
    assert sources(f"题\n晨星科技考虑出售车灯业务。它有两家工厂。{told}") == ["unattributed", *["anonymous"] * 3]
    assert (
        sources(f"题\n晨星科技考虑出售车灯业务。\n它有两家工厂。{told}") == ["unattributed"] * 2 + ["anonymous"] * 2
    )
    assert sources(f"题\n晨星科技称，收购已完成。{told}")[1:3] == ["company"] * 2
    assert sources(told) == ["anonymous"]


def test_english_says_according_to_before_it_names_who() -> None:
    assert (
        sources("Morning Star is weighing a sale, according to people with knowledge of the matter.")[0]
        == "anonymous"
    )
