"""A claim's life is told by the posts that say it, repeat it, deny it."""

import pytest
from msgspec.structs import replace
from tests.group.ledger.samples import claim, denied, post, told

from broadsheet.group.ledger.steps import Answered, steps_of
from broadsheet.model import Answer, LedgerPost, Origin, Reply

RUMOUR = claim("青禾正洽谈收购远帆", stage="talks", name="知情人士")


def kinds(*posts: LedgerPost, answers: tuple[Answered, ...] = ()) -> list[str]:
    return [step.kind for step in steps_of(told(*posts), answers)]


def answered(at: LedgerPost, answer: Answer, start: int = 50) -> Answered:
    return Answered(at, Reply(start=start, end=start + 4, quote="没有回应", party="青禾", response=answer), "青禾")


def test_it_is_said_repeated_advanced_and_completed() -> None:
    agreed = claim("青禾同意收购远帆", stage="agreement", source="company")
    done = claim("青禾完成收购远帆", stage="completed", source="filing")
    posts = (post("a", RUMOUR), post("b", RUMOUR, hours=1), post("c", agreed, hours=2), post("d", done, hours=3))
    assert kinds(*posts) == ["said", "repeated", "advanced", "completed"]


def test_a_party_that_says_the_same_confirms_once() -> None:
    own = claim("青禾正洽谈收购远帆", stage="talks", source="company", status="in_talks")
    assert kinds(post("a", RUMOUR), post("b", own, hours=1), post("c", own, hours=2)) == [
        "said",
        "confirmed",
        "repeated",
    ]


def test_what_the_text_says_confirms_is_a_confirmation_however_far_it_goes() -> None:
    confirmed = claim("青禾证实已收购远帆", stage="completed", source="company", status="confirmed")
    assert kinds(post("a", RUMOUR), post("b", confirmed, hours=1)) == ["said", "confirmed"]


def test_a_denial_may_come_first_and_an_end_at_any_time() -> None:
    ended = claim("青禾终止收购远帆", stage="terminated", source="filing", status="terminated")
    posts = (post("a", denied("青禾没有收购远帆的计划")), post("b", RUMOUR, hours=1), post("c", ended, hours=2))
    assert kinds(*posts) == ["denied", "said", "terminated"]
    assert [step.party for step in steps_of(told(*posts), ())] == ["青禾", None, None]
    (outsider,) = steps_of(told(post("a", denied("青禾没有收购远帆的计划", "anonymous"))), ())
    assert outsider.party is None


def test_a_post_says_one_claim_once_by_the_furthest_it_tells() -> None:
    vague = claim("收购远帆一事仍在考虑")
    ended = claim("青禾放弃收购远帆", stage="terminated", source="company", status="terminated")
    (said, end) = steps_of(told(post("a", vague, RUMOUR, ended)), ())
    assert (said.quote, said.kind, end.kind) == (RUMOUR.quote, "said", "terminated")


def test_a_copy_repeats_with_the_root_of_what_it_carries() -> None:
    original = post("a", RUMOUR, outlet="彭博社")
    copy = post("b", RUMOUR, hours=1, outlet="晨报", carries="a")
    stray = post("c", RUMOUR, hours=2, outlet="晚报", carries="elsewhere")
    steps = steps_of(told(original, copy, stray), ())
    assert [(step.kind, step.root, step.carried) for step in steps] == [
        ("said", "彭博", False),
        ("repeated", "彭博", True),
        ("repeated", "晚报", True),
    ]


def test_an_outlet_that_credits_another_passes_its_root_on() -> None:
    first = post("a", claim("青禾将收购远帆", source="outlet", name="据路透报道"), outlet="财联社", origins=("路透",))
    second = post("b", claim("青禾将收购远帆", source="outlet"), hours=1, origins=("财联社",))
    third = post("c", claim("青禾将收购远帆", source="own_reporting"), hours=2, outlet="财联社")
    assert [step.root for step in steps_of(told(first, second, third), ())] == ["路透", "路透", "财联社"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("no_reply", "asked"),
        ("no_comment", "asked"),
        ("unaware", "answered"),
        ("partly_denied", "answered"),
        ("denied", "denied"),
        ("confirmed", "confirmed"),
    ],
)
def test_answers_are_steps(answer: Answer, kind: str) -> None:
    one = post("a", RUMOUR)
    said, step = steps_of(told(one), [answered(one, answer)])
    assert (said.kind, step.kind, step.party, step.answer) == ("said", kind, "青禾", answer)


def test_what_a_post_says_twice_is_one_step() -> None:
    rumour, denial = post("a", RUMOUR), post("b", denied("青禾否认将收购远帆"), hours=1)
    answers = (answered(denial, "denied"), answered(denial, "denied", start=70), answered(rumour, "no_reply"))
    assert kinds(rumour, denial, answers=answers) == ["said", "asked", "denied"]


def test_within_a_post_what_is_said_comes_before_what_is_answered() -> None:
    one = post("a", RUMOUR)
    steps = steps_of(told(one), [answered(replace(one), "no_reply", start=0)])
    assert [step.kind for step in steps] == ["said", "asked"]


def test_who_asked_is_the_outlet_that_the_sentence_of_the_answer_names() -> None:
    text = "据晚报报道，两家在谈。午报就此询问，青禾没有回应"
    reply = Reply(start=17, end=23, quote=text[17:23], party="青禾", response="no_reply")
    origins = tuple(
        Origin(start=start, end=start + 2, quote=name, outlet=name, byline=byline)
        for name, start, byline in (("晚报", 1, False), ("询问", 14, True), ("午报", 11, False))
    )
    bare = post("a", RUMOUR)

    def asker(*named: Origin) -> list[str | None]:
        at = replace(bare, facts=replace(bare.facts, text=text, origins=named))
        return [step.asker for step in steps_of(told(bare), (Answered(at, reply, "青禾"),)) if step.answer]

    assert asker(*origins) == ["午报"]
    assert asker(*origins[:2]) == [None]
    reuters = replace(origins[2], outlet="Reuters")
    assert asker(reuters) == ["Reuters"]  # as it stands there
