from tests.annotate.reading import read

from broadsheet.annotate.claims.claims import find_claims
from broadsheet.annotate.claims.origins import find_origins


def told(text: str) -> list[tuple[str, str, str, str]]:
    passage = read(text)
    return [
        (claim.event, claim.polarity, claim.source, claim.status)
        for claim in find_claims(passage, find_origins(passage))
    ]


def test_news_that_a_notice_quotes_and_denies_farther_on_is_one_denial() -> None:
    text = "晨星科技公告，近日关注到有媒体报道“公司拟收购远山软件部分股权”。经核实，公司未签署协议，上述报道不实。"
    assert told(text) == [("stake", "denied", "filing", "denied")]


def test_news_that_is_quoted_and_not_denied_is_that_of_who_reported_it() -> None:
    text = "晨星科技公告称，公司注意到有媒体报道公司将收购远山软件。公司生产经营正常。"
    assert told(text) == [("acquisition", "affirmed", "outlet", "reported")]
    text = "晨星科技公告称，公司注意到有关公司将收购远山软件的市场传闻。公司没有其他业务。"
    assert told(text) == [("acquisition", "affirmed", "market_rumour", "rumour")]
    text = "晨星科技公告称，公司注意到有关收购远山软件的传闻，公司没有收购远山软件的计划。"
    assert told(text) == [("acquisition", "denied", "filing", "denied")]


def test_what_others_say_near_a_quotation_stays_theirs() -> None:
    text = "晨星科技公告，关注到有媒体报道公司拟收购远山软件。知情人士称，该消息不实。公司计划明年上市。"
    assert told(text)[0] == ("acquisition", "affirmed", "outlet", "reported")
