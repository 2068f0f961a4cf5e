"""What stands around a name: whether it makes a company of a word, and where clauses and sentences end."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise

from broadsheet.annotate.clauses import LONGEST_SENTENCE
from broadsheet.annotate.tables import rows


def _pattern(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row[1]})" for row in rows("contexts_zh") if row[0] == kind))


_AFTER, _BEFORE = _pattern("after"), _pattern("before")
_ENGLISH_AFTER, _ENGLISH_BEFORE = _pattern("english_after"), _pattern("english_before")
_CITED_BEFORE = re.compile(r"(?:据|援引|来源[:：]?|转自|来自|综合|图源[:：]?|via |source: ?)[《【\[“]?$")
_CITED_AFTER = re.compile(
    r"[》】\]”]?(?:\d{1,2}月\d{1,2}日|\d{1,2}日)?(?:讯|消息|报道|获悉|电[，,]|记者|数据|统计|app|客户端|ifind|choice)"
)
_REACH = 24
_CLAUSE_END = re.compile(r"[，,。；;！!？?\n:：]")
_SENTENCE_ENDS = frozenset("。！？!?\n；;")
_FULL_STOP = re.compile(r"\.(?<=[a-z]\.)(?<!inc\.)(?<!corp\.)(?<!ltd\.)(?<!co\.)\s")


def means_company(folded: str, start: int, end: int, *, english: bool) -> bool:
    """Tell whether the words around a name that is a common word too show that a company is meant."""
    before, after = folded[max(0, start - _REACH) : start], folded[end : end + _REACH]
    if english and (_ENGLISH_AFTER.match(after) or _ENGLISH_BEFORE.search(before)):
        return True
    return bool(_AFTER.match(after) or _BEFORE.search(before))


def is_cited(folded: str, start: int, end: int) -> bool:
    """Tell whether an outlet is only named as the source of a report."""
    before, after = folded[max(0, start - _REACH) : start], folded[end : end + _REACH]
    enclosed = before.endswith(("(", "（", "/")) and after.startswith((")", "）", "/"))
    return enclosed or bool(_CITED_BEFORE.search(before) or _CITED_AFTER.match(after))


def cut_long(ends: Iterable[int], length: int) -> list[int]:
    """Put the ends of sentences in order, and one more wherever a sentence is too long."""
    ends = sorted(ends)
    if length <= LONGEST_SENTENCE:
        return ends
    pairs = pairwise([0, *ends, length])
    return sorted([*ends, *(at for one, other in pairs for at in range(one, other, LONGEST_SENTENCE) if at > one)])


class Bounds:
    """Where the clauses and the sentences of a folded text end."""

    def __init__(self, folded: str) -> None:
        self._length = len(folded)
        stops = [found.end() for found in _FULL_STOP.finditer(folded)] if "." in folded else []
        clauses = [found.end() for found in _CLAUSE_END.finditer(folded)]
        sentences = [end for end in clauses if folded[end - 1] in _SENTENCE_ENDS]
        self._sentences = cut_long([*sentences, *stops], len(folded))
        self._clauses = clauses if self._sentences == sentences else sorted({*clauses, *self._sentences})

    def clause(self, position: int) -> tuple[int, int]:
        """Give the clause round a position, its closing mark included."""
        return self._around(self._clauses, position)

    def sentence(self, position: int) -> tuple[int, int]:
        """Give the sentence round a position, its closing mark included."""
        return self._around(self._sentences, position)

    def _around(self, ends: list[int], position: int) -> tuple[int, int]:
        number = bisect_right(ends, position)
        return (ends[number - 1] if number else 0, ends[number] if number < len(ends) else self._length)
