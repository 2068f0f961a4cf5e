import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broadsheet.decide.notices import clock_notice, failure_notice, say, say_failure, say_repair
from broadsheet.decide.schedule import Wait
from broadsheet.model import Clock, Failure, Notice

START = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

DAILY = Wait(86_400, "")


@pytest.mark.parametrize(
    ("status", "failures", "said"),
    [
        (410, 1, "gone for good"),
        (403, 1, "refuses us (403) and is asked again after 1 d"),
        (401, 1, "refuses us (401)"),
        (429, 1, "left alone for 1 d"),
        (404, 1, None),
        (404, 5, "look for the feed's new address"),
        (None, 4, None),
        (None, 5, "failed 5 times in a row, asked again after 1 d: it was slow"),
        (500, 5, "failed 5 times"),
    ],
)
def test_a_notice_says_what_waiting_will_not_mend(status: int | None, failures: int, said: str | None) -> None:
    failure = Failure(reason="timeout", message="it was slow", at=START, status=status)
    notice = failure_notice(failure, failures, DAILY)
    assert (notice is None) if said is None else (notice is not None and said in say(notice))


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        (
            "Asia/Shanghai",
            "it writes the time of Asia/Shanghai and calls it UTC; its dates, 8 h ahead, are put right",
        ),
        (None, "its dates run 8 h ahead, and are put right"),
    ],
)
def test_a_clock_is_said_with_what_is_known_of_it(zone: str | None, said: str) -> None:
    assert say(clock_notice(Clock(ahead_s=28_800, zone=zone, since=START))) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(86_400, "1 d"), (3600, "1 h"), (7200, "2 h"), (5400, "90 min"), (60, "1 min"), (2, "2 s"), (604_800, "7 d")],
)
def test_a_span_is_said_in_the_unit_that_suits_it(seconds: int, said: str) -> None:
    notice = Notice(code="throttled", values={"wait_s": seconds})
    assert say(notice) == f"the host asks for fewer requests and is left alone for {said}"


def test_another_language_says_the_whole_sentence() -> None:
    chinese = {
        "its dates run %(ahead)s ahead, and are put right": "时间快了 %(ahead)s",
        "%(number)s h": "%(number)s 小时",
    }
    notice = clock_notice(Clock(ahead_s=28_800, since=START))
    assert say(notice, lambda text: chinese.get(text, text)) == "时间快了 8 小时"


def test_a_code_of_a_newer_version_is_said_as_it_is() -> None:
    assert say(Notice(code="100% new")) == "100% new"


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("http-503", "服务器回答 503"),
        ("dns", "找不到主机"),
        ("of-tomorrow", "as it was said"),
        ("tls", "as it was said"),
    ],
)
def test_a_failure_is_said_in_another_language_where_that_has_words(reason: str, said: str) -> None:
    chinese = {
        "the server answered %(status)s": "服务器回答 %(status)s",
        "its host name has no address": "找不到主机",
    }
    failure = Failure(reason=reason, message="as it was said", at=START, status=503)
    assert say_failure(failure, lambda text: chinese.get(text, text)) == said


@pytest.mark.parametrize(
    ("repair", "said"),
    [
        ("truncated", "不完整"),
        ("bad-bytes:3", "坏字节 (3)"),
        ("recovered", "recovered"),
        ("of-tomorrow:1", "of-tomorrow:1"),
    ],
)
def test_a_repair_is_said_in_another_language_where_that_has_words(repair: str, said: str) -> None:
    chinese = {"it breaks off": "不完整", "bytes that are no characters": "坏字节"}
    assert say_repair(repair, lambda text: chinese.get(text, text)) == said


def test_every_repair_of_the_golden_feeds_has_words() -> None:
    golden = Path(__file__).parents[1] / "parse" / "golden" / "feeds"
    cases = [json.loads(path.read_text("utf-8")) for path in golden.glob("*.json")]
    repairs = {repair for case in cases if "feed" in case for repair in case["feed"].get("repairs", ())}
    assert repairs
    assert [repair for repair in sorted(repairs) if say_repair(repair, str.upper) == repair] == []
