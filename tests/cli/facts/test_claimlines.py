"""A claim on the terminal: in the paper's language, no line wider than eighty columns."""

from datetime import timedelta
from unicodedata import east_asian_width

from msgspec.structs import replace
from tests.group.ledger.samples import NOON, TIES, claim, post

from broadsheet.cli.facts.claimlines import MOST_STEPS, WIDTH, claim_lines, wrapped
from broadsheet.group import keep_ledger
from broadsheet.group.ledger.words import Words
from broadsheet.model import Feed, LedgerEntry

FEED = Feed(id="feed of a", address="https://a.example/", name="晨报", added_at=NOON)
DATED = claim("青禾与远帆那天签约", "contract", "intent", "outlet")
TALKS = claim("青禾正洽谈收购远帆", stage="talks")
POSTS = [
    post("a", TALKS, DATED, dates=(("那天", "2017"),), answers=(("青禾", "no_reply"),)),
    *(post(f"b{number}", TALKS, hours=number + 1) for number in range(20)),
    post("z", hours=40, answers=(("远帆", "no_comment"),)),
]
(ENTRY,) = keep_ledger(POSTS, TIES, ()).entries


def lines(entry: LedgerEntry, language: str = "zh-CN", days: int = 30) -> list[str]:
    later = entry.last_at + timedelta(days=days)
    return list(claim_lines(entry, Words(language), {FEED.id: FEED}, later))


def width(line: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def test_it_is_told_with_status_reasons_steps_and_past() -> None:
    told = "\n".join(lines(ENTRY))
    assert told.startswith("  洽谈中 · 收购 · 青禾、远帆")
    for words in (
        "“青禾正洽谈收购远帆”",
        "沉寂30天。",
        "青禾 未回复 · 晨报",
        "远帆 不予置评",
        "此前 2017",
        "首次提出",
    ):
        assert words in told
    assert NOON.astimezone().strftime("%Y-%m-%d %H:%M") in told


def test_repetitions_beyond_the_first_steps_are_only_counted() -> None:
    told = lines(ENTRY, "en")
    left = len(ENTRY.steps) - MOST_STEPS - 1
    assert f"    … {left}" in told
    assert not any("…" in line for line in lines(replace(ENTRY, steps=ENTRY.steps[:3]), "en"))
    assert "silent" not in "".join(lines(ENTRY, "en", days=0))


def test_no_line_is_wider_than_the_terminal() -> None:
    for language in ("zh", "en"):
        assert max(map(width, lines(ENTRY, language))) <= WIDTH
    long = list(wrapped("青禾" * 60 + " and words " * 20, "    "))
    assert max(map(width, long)) <= WIDTH
    assert "".join(line.strip() for line in long).startswith("青禾" * 60)
