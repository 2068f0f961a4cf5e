"""A claim's status is that of its strongest word that nothing later set aside."""

from datetime import timedelta

import pytest
from tests.group.ledger.samples import NOON, claim

from broadsheet.group.ledger.status import weigh_steps
from broadsheet.model import Answer, Grounds, Party, Source, Stage, Status, Step, StepKind

PARTIES = (Party("青禾", "qinghe"), Party("远帆", "yuanfan"))
Word = tuple[StepKind, Source, Stage] | tuple[StepKind, Source, Stage, int]


def step(
    kind: StepKind,
    source: Source = "anonymous",
    stage: Stage = "talks",
    hour: int = 0,
    *,
    answer: Answer | None = None,
    party: str | None = None,
    carried: bool = False,
    root: str = "彭博",
) -> Step:
    return Step(
        kind=kind,
        at=NOON + timedelta(hours=hour),
        post_id=f"p{hour}",
        feed_id="f",
        start=0,
        end=2,
        quote="青禾",
        root=root,
        source=source,
        stage=stage,
        carried=carried,
        answer=answer,
        party=party,
    )


def grounds(*steps: Step, roots: int = 1) -> tuple[Status, Grounds]:
    return weigh_steps(claim("青禾将收购远帆"), steps, PARTIES, roots)


SAID = step("said")


@pytest.mark.parametrize(
    ("steps", "status"),
    [
        ([SAID], "in_talks"),
        ([step("said", stage="considering")], "rumour"),
        ([step("said", "market_rumour", "considering"), step("repeated", "outlet", "considering", 1)], "rumour"),
        ([step("said", "outlet", "planned")], "reported"),
        ([step("said", "company", "planned")], "announced"),
        ([step("said", "data_vendor", "completed")], "completed"),
        ([step("said", "named_person", "agreement")], "announced"),
        ([SAID, step("advanced", "company", "agreement", 1)], "announced"),
        ([SAID, step("confirmed", "company", "talks", 1)], "confirmed"),
        ([SAID, step("confirmed", "company", "none", 1, answer="confirmed")], "confirmed"),
        ([SAID, step("completed", "filing", "completed", 1)], "completed"),
        ([SAID, step("confirmed", "filing", "completed", 1)], "completed"),
        ([SAID, step("denied", "company", "none", 1, answer="denied")], "denied"),
        ([SAID, step("denied", "filing", "planned", 1)], "denied"),
        ([SAID, step("denied", "anonymous", "planned", 1)], "denied"),
        ([SAID, step("terminated", "company", "terminated", 1)], "terminated"),
        ([step("terminated", "outlet", "terminated"), step("said", hour=1)], "in_talks"),
        # A party's word stands above what others heard, before and after it.
        ([SAID, step("denied", "company", "none", 1, answer="denied"), step("repeated", hour=2)], "denied"),
        ([step("said", "company", "agreement"), step("denied", "anonymous", "planned", 1)], "announced"),
        # A later word sets an earlier one aside, also a denial.
        (
            [
                SAID,
                step("denied", "company", "none", 1, answer="denied"),
                step("advanced", "company", "agreement", 2),
            ],
            "announced",
        ),
        (
            [step("said", "company", "agreement"), step("terminated", "filing", "terminated", 1)],
            "terminated",
        ),
        # What was said at one moment goes by the order of the statuses; a repetition takes nothing back.
        ([step("said", "company", "agreement"), step("denied", "company", "planned")], "denied"),
        ([step("said", "filing", "completed"), step("repeated", "company", "planned", 1)], "completed"),
        # A copy proves nothing by itself, silence nothing at all.
        (
            [
                SAID,
                step("denied", "company", "none", 1, answer="denied"),
                step("repeated", "company", hour=2, carried=True),
            ],
            "denied",
        ),
        ([SAID, step("asked", "company", "none", 0, answer="no_reply")], "in_talks"),
        ([step("said", "company", "agreement", carried=True)], "announced"),
    ],
)
def test_a_claim_stands_where_its_words_put_it(steps: list[Step], status: Status) -> None:
    assert grounds(*steps)[0] == status


def test_a_view_stays_one_whoever_holds_it() -> None:
    view = claim("青禾将上涨", "market_view", "none", "named_person", status="view")
    assert weigh_steps(view, [step("said", "named_person", "none")], (), 1)[0] == "view"


def test_nothing_but_an_answer_leaves_the_claim_as_it_was_told() -> None:
    status, found = grounds(step("asked", "company", "none", answer="no_reply"))
    assert (status, found.by, found.official) == ("rumour", 0, False)


def test_its_grounds_name_the_step_that_decided_and_what_was_set_aside() -> None:
    steps = (SAID, step("denied", "company", "none", 1, answer="denied"), step("advanced", "company", "agreement", 2))
    _, found = grounds(*steps)
    assert (found.by, found.official, found.overruled) == (2, True, ("denied",))
    assert found.sources == ("anonymous", "company")
    assert found.turns == ("completion", "termination")


def test_its_grounds_name_who_did_not_answer_and_who_was_not_heard() -> None:
    _, found = grounds(SAID, step("asked", "company", "none", answer="no_reply", party="青禾", root="青禾"))
    assert (found.silent, found.unheard) == (("青禾",), ("远帆",))
    assert found.turns == ("answer", "second_root", "confirmation", "denial")
    spoken = step("repeated", "company", "talks", root="远帆")
    _, found = grounds(SAID, spoken, roots=2)
    assert (found.silent, found.unheard) == ((), ("青禾",))


def test_a_party_that_answered_later_is_not_silent() -> None:
    asked = step("asked", "company", "none", answer="no_reply", party="青禾")
    later = step("denied", "company", "none", 1, answer="denied", party="青禾")
    status, found = grounds(SAID, asked, later, roots=2)
    assert (status, found.silent, found.turns) == ("denied", (), ("announcement",))
