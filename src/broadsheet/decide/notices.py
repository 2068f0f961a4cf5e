"""What a person should know of a feed and what to do about it: a code with its values, and the words for both."""

from collections.abc import Callable
from functools import cache

from broadsheet.decide.schedule import REFUSED, Wait
from broadsheet.decide.tables import table
from broadsheet.model import Clock, Failure, Notice

OFTEN = 5
Translate = Callable[[str], str]
_UNITS = (("d", 86_400), ("h", 3600), ("min", 60), ("s", 1))


def failure_notice(failure: Failure, failures: int, wait: Wait) -> Notice | None:
    """Tell what a failing feed needs; None while waiting is likely to mend it."""
    if failure.status == 410:
        return Notice(code="gone")
    if failure.status in REFUSED:
        return Notice(code="forbidden", values={"status": failure.status or 0, "wait_s": wait.seconds})
    if failure.status == 429:
        return Notice(code="throttled", values={"wait_s": wait.seconds})
    if failures < OFTEN:
        return None
    if failure.status == 404:
        return Notice(code="missing", values={"failures": failures, "wait_s": wait.seconds})
    return Notice(code="failing", values={"failures": failures, "wait_s": wait.seconds, "message": failure.message})


def clock_notice(clock: Clock) -> Notice:
    """Tell that a feed's dates are put right, and by how much."""
    if clock.zone is None:
        return Notice(code="clock", values={"ahead_s": clock.ahead_s})
    return Notice(code="clock-zone", values={"ahead_s": clock.ahead_s, "zone": clock.zone})


def say(notice: Notice, translate: Translate = str) -> str:
    """Say a notice to a person; `translate` gives an English sentence in another language.

    A value in seconds, whose name ends in `_s`, is said in the unit that suits it.
    """
    said: dict[str, object] = {}
    for name, value in notice.values.items():
        if name.endswith("_s"):
            said[name.removesuffix("_s")] = _say_span(float(value), translate)
        else:
            said[name] = value
    return translate(_sentence(notice.code)) % said


def say_failure(failure: Failure, translate: Translate) -> str:
    """Say why a poll failed in another language, where that has words for it; else as it was said at first."""
    code = "http" if failure.reason.startswith("http-") else failure.reason
    sentence = _sentence(code)
    translated = translate(sentence)
    return failure.message if translated == sentence else translated % {"status": failure.status}


def say_repair(repair: str, translate: Translate) -> str:
    """Say what had to be repaired in another language, where that has words for it; else its stable name."""
    code, _, detail = repair.partition(":")
    sentence = _table("repairs").get(code, code)
    translated = translate(sentence)
    if translated == sentence:
        return repair
    return f"{translated} ({detail})" if detail else translated


def _say_span(seconds: float, translate: Translate) -> str:
    unit, size = next(each for each in _UNITS if seconds >= 2 * each[1] or seconds == each[1] or each[1] == 1)
    return translate(_sentence(unit)) % {"number": f"{round(seconds / size, 1):g}"}


def _sentence(code: str) -> str:
    """What a code says in English; a code that only a newer version knows is said as it is."""
    return _table("sentences").get(code, code.replace("%", "%%"))


@cache
def _table(name: str) -> dict[str, str]:
    return table(name)
