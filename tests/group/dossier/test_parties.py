"""The parties of a story: names, or what stands between common words."""

from datetime import UTC, datetime

import pytest

from broadsheet.group.dossier.parties import MOST_WORDS, party_words
from broadsheet.model import PostText

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def text(title: str, body: str) -> PostText:
    return PostText(
        post_id="a",
        feed_id="f",
        published=NOW,
        language=None,
        title=title,
        text=f"{title}\n{body}",
    )


DENIAL = text(
    "青禾否认与远帆洽谈合作", "青禾今日发布公告，否认与远帆洽谈合作。远帆表示，青禾仍是客户，双方也没有谈过股份。"
)


def test_the_parties_are_short_runs_between_common_words_that_are_repeated() -> None:
    assert set(party_words([DENIAL])) == {"青禾", "远帆"}


@pytest.mark.parametrize(
    ("title", "body", "words"),
    [
        (
            "Firms Norvik and Helmond sign",
            "On Monday Norvik said that Helmond would pay. Shares of Norvik rose.",
            {"norvik", "helmond"},
        ),
        ("Bare words of no firm", "there is nothing here", set()),
        ("《山海行》定档", "电影《山海行》今日宣布定档，《山海行》由青禾影业出品。", {"山海行"}),
        ("第600733号", "代码600733，代码600733，代码(600733)。", set()),
    ],
)
def test_names_are_parties_too_and_numbers_are_not(title: str, body: str, words: set[str]) -> None:
    assert set(party_words([text(title, body)])) == words


def test_a_word_that_stands_in_a_better_one_is_not_listed() -> None:
    assert party_words([text("青禾远帆", "青禾远帆，青禾远帆，青禾，远方。")]) == ("青禾",)
    assert party_words([text("青禾远帆", "青禾远帆，青禾远帆，青禾远帆。")]) == ("青禾远帆",)


def test_only_so_many_words_are_taken() -> None:
    names = ["梓渊", "槐桐", "榕枫", "栎楠", "桦棠", "梧榆", "椴柘", "楝樟"]
    assert len(party_words([text("、".join(names), "、".join(names * 2))])) == MOST_WORDS


def test_of_no_posts_there_are_no_parties() -> None:
    assert party_words([]) == ()


def test_a_word_that_is_part_of_a_better_one_is_not_named_again() -> None:
    told = text(
        "They trust Haichuan Motor more",
        "People ask Haichuan Motor, and then Haichuan, about Haichuan Motor and Haichuan.",
    )
    assert len([word for word in party_words([told]) if "haichuan" in word]) == 1
