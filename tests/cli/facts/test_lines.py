"""Facts in lines: each company once, and what is not known left out."""

from broadsheet.cli.facts.lines import fact_lines
from broadsheet.model import Annotations, Claim, Mention, MoveReport, Origin, Reply


def test_every_kind_of_fact_has_its_line() -> None:
    car = Mention(start=0, end=1, surface="甲", company="甲车企", security="0001.HK")
    unknown = Mention(start=1, end=2, surface="乙厂")
    claim = Claim(start=0, end=1, quote="甲正洽谈", event="stake", stage="talks", source="anonymous", status="rumour")
    found = Annotations(
        language="zh",
        text="甲",
        mentions=(car, unknown, car),
        moves=(MoveReport(start=0, end=1, surface="涨3%", instrument="甲", direction="up"),),
        claims=(claim,),
        responses=(Reply(start=0, end=1, quote="未回应", party="甲车企", response="no_reply"),),
        origins=(Origin(start=0, end=1, quote="丙报讯", outlet="丙报"),),
    )
    assert list(fact_lines(found)) == [
        "companies: 甲车企 (0001.HK), 乙厂",
        "move: 涨3% · 甲 · last",
        "rumour: 甲正洽谈 · stake · stage talks · source anonymous",
        "answer: 未回应 · 甲车企 · no_reply",
        "reported by: 丙报",
    ]


def test_a_text_without_facts_has_no_line() -> None:
    assert list(fact_lines(Annotations(language="zh", text="晴"))) == []
