"""What the ledger knows, in words: one line for a status and why it is that, one for each change."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from broadsheet.group.ledger.roots import NAMELESS
from broadsheet.group.texts.listed import read_lines
from broadsheet.model import LedgerChange, LedgerEntry, Step


class Words:
    """The words of one language: Chinese for every tag that begins with zh, English for all others."""

    def __init__(self, language: str) -> None:
        self._words = _table()[language.lower().startswith("zh")]

    def of(self, kind: str, value: str) -> str:
        """Give the word for a value of a kind: "status" and "in_talks"."""
        return self._words[kind, value]

    def names(self, names: Iterable[str]) -> str:
        """List names."""
        return self.of("mark", "list").join(names)

    def head(self, entry: LedgerEntry) -> str:
        """Say what a claim is about: its status, its event and its parties."""
        parties = self.names(party.name for party in entry.parties)
        return f"{self.of('status', entry.status)} · {self.of('event', entry.event)} · {parties}"

    def reserve(self, entry: LedgerEntry) -> str:
        """Say how far it has come, and what those who tell it take back; nothing where no text says either."""
        reach = (self.of("stage", entry.reach),) if entry.reach else ()
        return self.names([*reach, *(self.of("hedge", hedge) for hedge in entry.hedges)])

    def why(self, entry: LedgerEntry) -> str:
        """Say why a claim stands where it stands, and what would change it."""
        grounds = entry.grounds
        parts = [
            self._roots(entry.roots),
            self._line("sources", (self.of("source", source) for source in grounds.sources)),
            "" if entry.status == "view" else self.of("line", "official" if grounds.official else "hearsay"),
            self._line("silent", grounds.silent),
            self._line("unheard", grounds.unheard),
            self._line("overruled", (self.of("status", status) for status in grounds.overruled)),
            self._line("turns", (self.of("turn", turn) for turn in grounds.turns)),
        ]
        return self.of("mark", "part").join(part for part in parts if part) + self.of("mark", "end")

    def step(self, step: Step) -> str:
        """Say what a step is: who did what, and from where that is known."""
        if step.answer:
            told = f"{step.party} {self.of('answer', step.answer)}"
            return told + (f" · {self.of('line', 'asker').format(step.asker)}" if step.asker else "")
        source = step.source_name or self.of("source", step.source)
        root = "" if step.root in ("", source) else f" ← {step.root}"
        return f"{self.of('step', step.kind)} · {source}{root}"

    def change(self, change: LedgerChange) -> str:
        """Say what became of a claim: it is new, stands elsewhere, or somebody said a word on it."""
        parties = self.names(party.name for party in change.entry.parties)
        after = self.of("status", change.after)
        if change.before is None:
            told = self.of("line", "change_new").format(after)
        elif change.before != change.after:
            told = self.of("line", "change_status").format(self.of("status", change.before), after)
        else:
            told = self.step(change.step)
        return self.of("line", "change_word").format(parties, told)

    def _roots(self, roots: Sequence[str]) -> str:
        if tuple(roots) == (NAMELESS,):
            return self.of("line", "roots_none")
        if len(roots) == 1:
            return self.of("line", "roots_one").format(roots[0])
        return self.of("line", "roots_many").format(len(roots), self.names(roots))

    def _line(self, name: str, values: Iterable[str]) -> str:
        listed = self.names(values)
        return self.of("line", name).format(listed) if listed else ""


@cache
def _table() -> tuple[Mapping[tuple[str, str], str], Mapping[tuple[str, str], str]]:
    rows = [line.split("\t") for line in read_lines("ledger_words.tsv")]
    return tuple({(kind, value): words[number] for kind, value, *words in rows} for number in (0, 1))  # type: ignore[return-value]
