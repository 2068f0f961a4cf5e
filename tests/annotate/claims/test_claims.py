import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.annotate.reading import COMPANIES, read

from broadsheet.annotate.claims.claims import find_claims
from broadsheet.annotate.claims.origins import find_origins
from broadsheet.annotate.claims.responses import find_responses
from broadsheet.annotate.cues import KINDS, LANGUAGES, read_entries
from broadsheet.annotate.dates import find_dates
from broadsheet.model import Claim, Origin, Reply


def _cases(name: str) -> list[list[str]]:
    lines = (Path(__file__).parents[1] / "cases" / f"{name}.tsv").read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


CASES = _cases("claims_zh")
WORDS = sorted(
    {entry.example for kind in KINDS for language in LANGUAGES for entry in read_entries(kind, language)}
    | {head for language in LANGUAGES for entry in read_entries("sources", language) for head in entry.heads}
    | set(COMPANIES)
    | {
        "，",
        "。",
        "\n",
        "：",
        "“",
        "”",
        "（",
        "）",
        "【",
        "】",
        "《",
        "》",
        " ",
        ".",
        ",",
        "3月1日",
        "60%股权",
        "\U00020000",
        "İ",
    }
)


def claims(text: str) -> list[Claim]:
    passage = read(text)
    return list(find_claims(passage, find_origins(passage)))


def told(claim: Claim) -> tuple[str, str, str, str, str]:
    return claim.event, claim.stage, claim.polarity, claim.source, claim.status


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0][:24])
def test_texts_say_what_their_cases_say(case: list[str]) -> None:
    text = case[0].replace("⏎", "\n")
    found = claims(text)
    wanted = [field.split(" ", 5) for field in case[1:] if field]
    assert [list(told(claim)) for claim in found] == [fields[:5] for fields in wanted]
    assert all(fields[5] in claim.quote for claim, fields in zip(found, wanted, strict=True))


@pytest.mark.parametrize(("language", "right", "texts"), [("zh", 485, 508), ("en", 215, 219)])
def test_most_texts_of_many_constructions_are_read_right(language: str, right: int, texts: int) -> None:
    cases = _cases(f"wide_{language}")
    found = [
        (claims(text.replace("⏎", "\n")), [field.split(" ", 5) for field in fields if field])
        for text, *fields in cases
    ]
    as_wanted = [[list(told(claim)) for claim in said] == [fields[:5] for fields in wanted] for said, wanted in found]
    assert len(cases) == texts
    assert sum(as_wanted) >= right


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=30).map("".join))
def test_whatever_the_text_spans_are_its_words_and_every_run_is_the_same(text: str) -> None:
    passage = read(text)
    facts: list[Claim | Reply | Origin] = [
        *find_claims(passage, find_origins(passage)),
        *find_responses(passage),
        *find_origins(passage),
    ]
    assert all(text[fact.start : fact.end] == fact.quote for fact in facts)
    assert all(text[found.start : found.end] == found.surface for found in find_dates(text, text.lower(), None))
    again = read(text)
    assert facts[: len(find_claims(again, find_origins(again)))] == [*find_claims(again, find_origins(again))]


def test_parties_are_who_is_named_in_a_claim_else_who_was_named_before() -> None:
    assert claims("晨星科技收购远山软件。")[0].parties == ("晨星科技", "远山软件")
    assert claims("晨星科技与远山软件回应。双方将成立合资公司。")[-1].parties == ("晨星科技", "远山软件")
    assert claims("晨星科技与远山软件回应。公司将裁员。")[-1].parties == ("晨星科技",)
    assert claims("晨星科技与远山软件回应。晨星科技很好。公司将裁员。")[-1].parties == ("晨星科技",)
    assert claims("远山软件很好。晨星科技去年增长，将裁员。")[-1].parties == ("晨星科技",)


def test_hedges_of_the_sentence_go_with_the_claim() -> None:
    (claim,) = claims("知情人士称，晨星科技正洽谈收购远山软件，不能保证会达成协议。")
    assert claim.hedges == ("no_assurance",)


def test_hedges_of_a_later_sentence_go_with_the_talks_that_its_source_told_of() -> None:
    talks, option = claims(
        "消息人士透露，晨星科技正与北岭汽车洽谈合作造车。双方正在探索方案，晨星科技可能会购买远山半导体的股份。"
        "知情人士称，目前的商洽还停留在初步阶段，不能保证会达成协议。"
    )
    assert (talks.stage, talks.hedges) == ("talks", ("preliminary", "no_assurance"))
    assert (option.event, option.source, option.hedges) == ("stake", "anonymous", ())
    (option,) = claims("知情人士称，云帆物流考虑赴美上市。他们表示，尚未作出最终决定，计划可能会改变。")
    assert option.hedges == ("no_final_decision", "terms_may_change")
    (done,) = claims("晨星科技已收购远山软件。前景存在不确定性。")
    assert done.hedges == ()


def test_what_a_company_keeps_its_promise_by_is_its_own_plan() -> None:
    talks, plan = claims("消息人士称，晨星科技正与北岭汽车洽谈合作造车，以兑现到2025年量产汽车的承诺。")
    assert talks.source == "anonymous"
    assert told(plan) == ("product", "planned", "affirmed", "company", "announced")
    assert (plan.source_name, plan.parties) == ("晨星科技", ("晨星科技",))
    _, plan = claims("公司正在扩建工厂，以实现明年量产汽车的目标。")
    assert (plan.source, plan.source_name) == ("company", None)


def test_an_agreement_to_cooperate_is_a_partnership_and_its_date_stands_in_the_claim() -> None:
    text = "晨星科技与北岭汽车于2019年3月5日签署了战略合作协议。"
    (claim,) = claims(text)
    (day,) = find_dates(text, text, None)
    assert (claim.event, claim.stage) == ("partnership", "intent")
    assert (day.value, day.precision) == ("2019-03-05", "day")
    assert claim.start <= day.start < day.end <= claim.end


def test_of_the_same_hearsay_the_words_that_name_the_parties_count() -> None:
    (claim,) = claims(
        "晨星科技与北岭汽车的股价上涨。据报道，两家企业2019年就已宣布战略合作。\n"
        "据此前媒体报道，晨星科技与北岭汽车于2019年3月5日签署了战略合作协议。"
    )
    assert (claim.event, claim.stage, claim.source) == ("partnership", "intent", "outlet")
    assert "2019年3月5日" in claim.quote


def test_an_adviser_is_no_party_of_his_view_where_there_is_another() -> None:
    (view,) = claims("白石证券研报指出，政策利好频出，推荐晨星科技、远山软件。")
    assert view.parties == ("晨星科技", "远山软件")
    (view,) = claims("白石证券认为，后市利好频出。")
    assert view.parties == ("白石证券",)


def test_a_rumour_that_is_named_does_not_deny_itself() -> None:
    (claim,) = claims("晨光网记者获悉，晨星科技与远山软件合并传闻不实。")
    assert (claim.polarity, claim.source) == ("denied", "own_reporting")
    (claim,) = claims("晨星科技与远山软件合并传闻不实。")
    assert (claim.polarity, claim.source) == ("denied", "unattributed")


def test_hearsay_that_a_party_denies_is_its_denial() -> None:
    (claim,) = claims("网传晨星科技裁员，公司回应称消息不实。")
    assert told(claim) == ("layoffs", "completed", "denied", "company", "denied")
    (claim,) = claims("网传晨星科技裁员，并不属实。")
    assert (claim.polarity, claim.source) == ("denied", "market_rumour")


def test_what_takes_up_an_act_again_is_no_other_claim() -> None:
    (claim,) = claims("晨星科技完成B轮融资。本轮融资由白石资本领投。")
    assert claim.quote == "晨星科技完成B轮融资"


def test_the_same_of_another_source_is_another_claim() -> None:
    one, other = claims("远山软件宣布裁员。记者获悉，远山软件已裁员。")
    assert (one.source, other.source) == ("company", "own_reporting")
    one, other = claims("晨星科技宣布收购远山软件。知情人士称，晨星科技将收购远山软件。")
    assert (one.source, other.source) == ("company", "anonymous")


def test_who_closes_a_sentence_says_nothing_more_in_it() -> None:
    (claim,) = claims("晨星科技负责人已离开公司，据接近公司的人士。")
    assert claim.source == "anonymous"
    (claim,) = claims("晨星科技被立案调查，公司称经营不受影响。")
    assert claim.source == "unattributed"


def test_a_notice_of_an_authority_is_its_word_and_a_denial_behind_a_name_its_bearers() -> None:
    (claim,) = claims("市场监管总局发布公告，对晨星科技处以罚款。")
    assert claim.source == "regulator"
    (claim,) = claims("晨星科技：未收购远山软件。")
    assert (claim.source, claim.source_name) == ("company", "晨星科技")


def test_silence_is_no_claim() -> None:
    assert claims("晨星科技回应收购传闻：不予置评。") == []
    assert claims("记者就此事联系晨星科技，截至发稿未获回复。") == []


def test_the_outlet_credited_behind_a_paragraph_is_the_source_of_what_has_none() -> None:
    (claim,) = claims("晨星科技收购远山软件。（晨光日报）")
    assert (claim.source, claim.source_name) == ("outlet", "晨光日报")
    (claim,) = claims("题目\n晨星科技收购远山软件。\n北岭汽车很好。（晨光日报）")
    assert (claim.source, claim.source_name) == ("outlet", "晨光日报")
    first, _ = claims("题目\n晨星科技收购远山软件。\n北岭汽车裁员。（晨光日报）\n再见。")
    assert (first.source, first.source_name) == ("unattributed", None)


def test_a_party_that_confirms_an_earlier_report_confirms_the_claim() -> None:
    (claim,) = claims("对此，晨星科技证实，公司已收购远山软件。")
    assert claim.status == "confirmed"


def test_the_same_told_twice_is_one_claim_and_of_hearsay_the_last_counts() -> None:
    twice = claims("晨星科技公告，公司收购远山软件。交易完成。晨星科技公告，公司收购了远山软件。")
    assert len(twice) == 1
    (claim,) = claims("题目\n市场传闻称，晨星科技正洽谈收购远山软件。\n知情人士称，晨星科技正洽谈收购远山软件。")
    assert claim.source == "anonymous"
    (first,) = claims("晨星科技公告，公司将裁员。晨星科技公告，公司将裁员。")
    assert first.start < 20
    assert len(claims("白石证券研报指出，行业将回暖。白石证券研报认为，行业将复苏。")) == 2


def test_who_works_with_whom_leads_up_to_what_they_do() -> None:
    (claim,) = claims("晨星科技携手远山软件，将在香港上市。")
    assert (claim.event, claim.stage) == ("listing", "planned")


def test_a_title_that_gives_the_words_of_a_company_says_who_speaks() -> None:
    (claim,) = claims("晨星科技：新厂投产\n新厂已于今日投产。")
    assert (claim.source, claim.source_name) == ("company", "晨星科技")
    (claim,) = claims("晨星科技新厂投产\n新厂已于今日投产。")
    assert claim.source == "unattributed"


def test_an_act_of_another_polarity_is_another_claim() -> None:
    both = claims("晨星科技将收购远山软件，但没有收购北岭汽车的计划。")
    assert [claim.polarity for claim in both] == ["affirmed", "denied"]


def test_claims_are_plain_data() -> None:
    assert json.dumps([told(claim) for claim in claims("晨星科技收购远山软件。")])
