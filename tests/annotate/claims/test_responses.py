import pytest
from tests.annotate.reading import read

from broadsheet.annotate.claims.responses import find_responses


def responses(text: str) -> list[tuple[str, str]]:
    return [(reply.party, reply.response) for reply in find_responses(read(text))]


def test_several_who_answer_at_once_all_do() -> None:
    text = "消息人士称晨星科技正接洽出售远山软件，晨星科技和远山软件均表示消息不实。"
    assert responses(text) == [("晨星科技", "denied"), ("远山软件", "denied")]
    assert responses("晨星科技赢得合同，远山软件确认了这一消息。") == [("远山软件", "confirmed")]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("晨星科技对此不予置评。", "no_comment"),
        ("晨星科技发言人拒绝发表评论。", "no_comment"),
        ("截至发稿，晨星科技尚未回复。", "no_reply"),
        ("晨星科技没有就此事做出回应。", "no_reply"),
        ("就此事，晨星科技表示不知情。", "unaware"),
        ("对此，晨星科技表示以公司公告为准。", "defer"),
        ("对此，晨星科技回应称，报道内容不实。", "denied"),
        ("对此，晨星科技回应称，报道不完全准确。", "partly_denied"),
        ("对此，晨星科技回应称，消息属实。", "confirmed"),
        ("晨星科技回应市场质疑时表示，交易公平。", "denied"),
        ("对此，晨星科技客服表示，一切以官网为准。", "defer"),
        ("晨星科技董秘在互动平台回复投资者称，如有相关计划将及时公告。", "defer"),
        ("记者联系晨星科技，对方未接听电话。", "no_reply"),
        ("Morning Star declined to comment.", "no_comment"),
        ("Morning Star did not immediately respond to a request for comment.", "no_reply"),
        ("Morning Star said it denied the report.", "denied"),
        ("Morning Star denied a report that it is in talks to sell its chip unit.", "denied"),
        ("对于出售传闻，晨星科技通过电邮回复称“没有更多信息可分享”。", "no_comment"),
        ("对此，云帆旅行方面表示，目前没有可以披露的信息。", "no_comment"),
        ("晨星科技公关人士向记者表示“不清楚此事”。", "unaware"),
        ("晨星科技客服称，暂未接到相关通知。", "unaware"),
        ("海桥能源董秘办工作人员称，一切以公告为准。", "defer"),
        ("In an emailed statement, Morning Star said the allegations were without merit.", "denied"),
        ("Morning Star representatives weren't immediately available for comment.", "no_reply"),
        ("Reuters could not immediately reach Morning Star for comment.", "no_reply"),
        ("An email to Morning Star seeking comment was not returned.", "no_reply"),
        ("Morning Star said it had no knowledge of the reported investigation.", "unaware"),
    ],
)
def test_answers_are_told_apart(text: str, answer: str) -> None:
    assert [response for _, response in responses(text)] == [answer]


def test_neither_to_confirm_nor_to_deny_is_no_comment() -> None:
    for words in ("没有确认也没有否认", "未证实亦未否认", "不置可否"):
        (reply,) = find_responses(read(f"晨星科技在互动平台上回应投资者提问时{words}。"))
        assert reply.response == "no_comment"
    assert find_responses(read("晨星科技在互动平台上回应投资者提问时说，未证实，也未否认。")) == ()


def test_each_party_has_its_own_answer() -> None:
    assert responses("晨星科技拒绝置评，远山软件与北岭汽车未回应。") == [
        ("晨星科技", "no_comment"),
        ("远山软件", "no_reply"),
        ("北岭汽车", "no_reply"),
    ]
    assert responses("晨星科技，以及远山软件的代表，均不予置评。") == [
        ("晨星科技", "no_comment"),
        ("远山软件", "no_comment"),
    ]


def test_who_was_asked_does_not_answer_and_the_words_before_publication_belong_to_it() -> None:
    passage = read("记者就此向晨星科技与北岭汽车求证，截至发稿，双方均未回应。")
    assert [(reply.party, reply.quote) for reply in find_responses(passage)] == [
        ("晨星科技", "截至发稿，双方均未回应"),
        ("北岭汽车", "截至发稿，双方均未回应"),
    ]


def test_who_replies_to_what_is_said_of_others_answers_alone() -> None:
    assert responses("晨星科技回应远山软件收购传闻：不评论市场传言。") == [("晨星科技", "no_comment")]
    denied = "Morning Star denied a report that it will buy Far Hill Software; it would not comment further."
    assert responses(denied) == [("Morning Star", "no_comment")]


def test_without_a_question_who_was_named_last_does_not_answer() -> None:
    assert responses("晨星科技与远山软件将合并。尚未回应。") == [("远山软件", "no_reply")]
    assert responses("晨星科技与远山软件将合并。上述各方均不予置评。") == [
        ("晨星科技", "no_comment"),
        ("远山软件", "no_comment"),
    ]
    assert responses("就此求证，尚未回应。") == []


def test_a_denial_of_somebody_else_or_unasked_is_no_response() -> None:
    assert responses("业内人士对此表示，网传的收购不属实。") == []
    assert responses("收购并不属实。") == []
    assert responses("晨星科技不予置评\n晨星科技与远山软件。") == []


def test_a_speaker_without_a_name_in_its_clause_is_who_was_asked() -> None:
    assert responses("记者就此向晨星科技求证。公司回应称，消息属实。") == [("晨星科技", "confirmed")]


def test_a_notice_is_of_whom_the_sentence_before_it_speaks() -> None:
    text = "记者就此求证。晨星科技发布公告。公告称，其没有将工厂卖给远山软件，报道不属实。"
    assert responses(text) == [("晨星科技", "denied")]


def test_a_company_that_takes_itself_up_is_the_subject_of_what_was_said() -> None:
    assert responses("市场传言晨星科技获得远山软件订单，公司对此不予置评。") == [("晨星科技", "no_comment")]


def test_who_is_named_before_his_silence_is_silent_though_no_book_has_him() -> None:
    assert responses("晨星科技拒绝置评，厚朴方面未回应置评请求。") == [
        ("晨星科技", "no_comment"),
        ("厚朴", "no_reply"),
    ]
    assert responses("记者联系晨星科技。上述两家公司均未回应。") == [("晨星科技", "no_reply")]
    assert responses("晨星科技很好。这位人士拒绝评论。") == []
    assert responses("Morning Star declined to comment, and Reliance did not respond.")[1] == ("Reliance", "no_reply")


def test_a_named_stranger_is_silent_in_english_too() -> None:
    assert responses("Morning Star is well. Reliance Group did not respond.") == [("Reliance Group", "no_reply")]
    assert responses("Morning Star is well. It did not respond.") == [("Morning Star", "no_reply")]
