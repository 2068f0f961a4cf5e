"""Findings made by hand for the sample paper: companies, claims, and moves of every verdict."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import blake2b

import msgspec

from broadsheet.group.ledger.status import weigh_steps
from broadsheet.model import (
    Annotations,
    Bar,
    Check,
    Checking,
    Claim,
    Company,
    CompanyBook,
    CompanyName,
    CompanyTie,
    Edition,
    FactsRef,
    Findings,
    LedgerEntry,
    LedgerRef,
    Mention,
    MoveReport,
    Origin,
    Party,
    PastAgreement,
    Post,
    Security,
    Step,
    StoryRef,
)

MOTOR = Company(
    id="baic-motor",
    names=(
        CompanyName(text="北京汽车股份有限公司", kind="legal"),
        CompanyName(text="北京汽车"),
        CompanyName(text="Beijing Motor", language="en"),
        CompanyName(text="北汽 <旧>", kind="former", until=date(2010, 1, 1)),
    ),
    securities=(Security(code="1958.HK", mic="XHKG", name="北京汽车"),),
)
XIAOMI = Company(
    id="xiaomi",
    names=(CompanyName(text="小米集团"), CompanyName(text="Xiaomi", language="en")),
    securities=(Security(code="1810.HK", mic="XHKG"),),
)
GROUP = Company(id="baic-group", names=(CompanyName(text="北汽集团"), CompanyName(text="BAIC", language="en")))
TIE = CompanyTie(company="baic-group", other="baic-motor", tie="parent", percent=44.98, source="annual report 2021")
BOOK = CompanyBook(companies=(MOTOR, XIAOMI, GROUP), ties=(TIE,))


class MemoryEvidence:
    """Facts, prices and claims in memory; it counts how often each was asked for."""

    def __init__(
        self, facts: Mapping[str, Annotations], bars: Sequence[Bar] = (), entries: Sequence[LedgerEntry] = ()
    ) -> None:
        self._facts, self._bars = facts, list(bars)
        self._entries = {entry.id: entry for entry in entries}
        self.asked = 0
        self.facts, self.prices, self.ledger = self, self, self

    def of(self, post_ids: Sequence[str]) -> Mapping[str, Annotations]:
        self.asked += 1
        return {name: self._facts[name] for name in post_ids if name in self._facts}

    def bars(self, security: str, since: date, until: date) -> Sequence[Bar]:
        return [bar for bar in self._bars if bar.security == security and since <= bar.day <= until]

    def entries(self, ids: Sequence[str]) -> Sequence[LedgerEntry]:
        return [self._entries[name] for name in ids if name in self._entries]


def check(move: MoveReport, bars: Sequence[Bar], published: datetime) -> Check:
    """Hold a move against the high of its day, as far as these tests need it."""
    bar = next((bar for bar in bars if bar.day == published.date()), None)
    if move.security is None or bar is None or bar.previous_close is None:
        return Check(verdict="UNVERIFIABLE", move=move, reason="no_data" if move.security else "no_security")
    opens, high, low, close = (
        100 * (price / bar.previous_close - 1) for price in (bar.open, bar.high, bar.low, bar.close)
    )
    later = high > (move.value or 0) + 1
    return Check(
        verdict="CONTRADICTED" if high < (move.value or 0) else "CONSISTENT_LATER_HIGH" if later else "CONFIRMED",
        move=move,
        security=move.security,
        day=bar.day,
        measure="high",
        measured=high,
        previous_close=bar.previous_close,
        open=opens,
        high=high,
        low=low,
        close=close,
        closed_at_limit=move.security == "1810.HK",
    )


CHECKING = Checking(digest="test", check=check)


def bars_of(security: str, day: date, high: float, close: float) -> list[Bar]:
    """Make 20 quiet sessions before a day, the day itself, and one after."""
    days = [day - timedelta(days=back) for back in range(30, 0, -1)]
    quiet = [
        Bar(security=security, day=one, open=10, high=10.2, low=9.9, close=10.1 if at % 2 else 10, previous_close=10)
        for at, one in enumerate(one for one in days if one.isoweekday() < 6)
    ]
    event = Bar(
        security=security,
        day=day,
        open=10,
        high=10 * (1 + high / 100),
        low=9.95,
        close=10 * (1 + close / 100),
        previous_close=10,
    )
    after = Bar(security=security, day=day + timedelta(days=1), open=11, high=11, low=10.5, close=10.6)
    return [*quiet, event, after]


def span(post: Post, words: str) -> tuple[int, int]:
    """Find words in a post's text."""
    start = post.text.index(words)
    return start, start + len(words)


def mention(post: Post, words: str, company: Company) -> Mention:
    start, end = span(post, words)
    listed = tuple(one.code for one in company.securities)
    return Mention(
        start=start,
        end=end,
        surface=words,
        company=company.names[0].text,
        company_id=company.id,
        security=listed[0] if listed else None,
        securities=listed,
        relation="issuer" if listed else "parent",
    )


def move(post: Post, words: str, value: float, security: str | None, instrument: str | None = None) -> MoveReport:
    start, end = span(post, words)
    return MoveReport(
        start=start,
        end=end,
        surface=words,
        instrument=instrument,
        security=security,
        direction="up",
        value=value,
        unit="%",
        operator="eq",
        statistic="high",
    )


def facts_ref(found: Annotations) -> FactsRef:
    return FactsRef(
        blake2b(msgspec.json.encode(found), digest_size=8).hexdigest(),
        tuple(dict.fromkeys(one.company_id for one in found.mentions if one.company_id)),
        tuple(dict.fromkeys(one.security for one in found.moves if one.security)),
    )


def ledger_ref(entry: LedgerEntry) -> LedgerRef:
    return LedgerRef(
        entry.id,
        blake2b(msgspec.json.encode(entry), digest_size=8).hexdigest(),
        entry.status,
        entry.first_at,
        entry.last_at,
        tuple(party.company_id for party in entry.parties if party.company_id),
        entry.stories,
    )


def step(post: Post, words: str, **fields: object) -> Step:
    start, end = span(post, words)
    told: dict[str, object] = {"kind": "said", "source": "anonymous", "root": post.feed_id, **fields}
    return Step(
        at=post.published,
        post_id=post.id,
        feed_id=post.feed_id,
        start=start,
        end=end,
        quote=words,
        **told,  # type: ignore[arg-type]
    )


def entry(name: str, story: StoryRef, steps: Sequence[Step], **fields: object) -> LedgerEntry:
    first = steps[0]
    told: dict[str, object] = {
        "event": "partnership",
        "parties": (Party("Xiaomi", "xiaomi"), Party("BAIC", "baic-group")),
        "status": "in_talks",
        "stage": "talks",
        "roots": tuple(dict.fromkeys(one.root for one in steps)),
        **fields,
    }
    claim = Claim(
        start=first.start,
        end=first.end,
        quote=first.quote,
        event=told["event"],  # type: ignore[arg-type]
        source=first.source,
        status=fields.get("first_status", told["status"]),  # type: ignore[arg-type]
    )
    told.pop("first_status", None)
    _, grounds = weigh_steps(claim, steps, fields.get("parties", ()), len(steps))  # type: ignore[arg-type]
    return LedgerEntry(id=name, claim=claim, steps=tuple(steps), stories=(story.id,), grounds=grounds, **told)  # type: ignore[arg-type]


def alone(edition: Edition) -> Edition:
    """Take the story away from a paper with findings: its first post is the whole of its event, with both claims."""
    assert edition.findings is not None
    (story,) = edition.stories
    ledger = [msgspec.structs.replace(ref, stories=(), alone=(story.posts[0],)) for ref in edition.findings.ledger]
    findings = msgspec.structs.replace(edition.findings, ledger=ledger)
    return msgspec.structs.replace(edition, stories=[], findings=findings)


def with_findings(edition: Edition) -> Edition:
    """Add to the sample paper what could be found in it, and something of every kind besides."""
    (story,) = edition.stories
    first, _, report, edited = (edition.shelf.post(name) for name in story.posts)
    facts = {
        first.id: Annotations(
            language="en",
            text=first.text,
            mentions=(
                mention(first, "Xiaomi", XIAOMI),
                mention(first, "BAIC", GROUP),
                mention(first, "Beijing Motor", MOTOR),
            ),
            moves=(move(first, "rose 25%", 25, "1958.HK"),),
            claims=(
                Claim(
                    start=span(first, "The two companies talk")[0],
                    end=span(first, "The two companies talk")[1],
                    quote="The two companies talk",
                    event="partnership",
                    parties=("Xiaomi", "BAIC"),
                    source="anonymous",
                    status="in_talks",
                ),
            ),
            origins=(Origin(start=0, end=6, quote="Xiaomi", outlet="Wire <Service>"),),
        ),
        report.id: Annotations(language="zh", text=report.text, mentions=(mention(report, "小米", XIAOMI),)),
        edited.id: Annotations(
            language="zh",
            text=edited.text,
            mentions=(mention(edited, "小米", XIAOMI), mention(edited, "Beijing Motor", MOTOR)),
            moves=(
                move(edited, "rose 35%", 35, "1958.HK"),
                move(edited, "涨了35%", 35, None, "概念股 <b>"),
            ),
        ),
    }
    talks = entry(
        "20260826-aaaaaaaaaa",
        story,
        [
            step(first, "The two companies talk"),
            step(report, "知情人士说", kind="repeated", root="x"),
            step(report, "“Joint production”", kind="asked", party="Xiaomi", answer="no_reply"),
        ],
        past=(
            PastAgreement(
                post_id=report.id,
                start=span(report, "背景")[0],
                end=span(report, "背景")[1],
                quote="背景",
                event="partnership",
                value="2017-07-28",
                precision="day",
            ),
        ),
    )
    plant = entry(
        "20260826-bbbbbbbbbb",
        story,
        [
            step(first, "Shares of Beijing Motor"),
            step(
                edited, "Shares of Beijing Motor", kind="denied", source="company", party="北京汽车", answer="denied"
            ),
        ],
        event="stake",
        parties=(Party("Beijing Motor", "baic-motor"),),
        status="denied",
        first_status="rumour",
    )
    day = first.published.date()
    bars = [*bars_of("1958.HK", day, 30.54, 14.78), *bars_of("1810.HK", day, 3.68, 3.15)]
    findings = Findings(
        shelf=MemoryEvidence(facts, bars, [talks, plant]),
        refs={name: facts_ref(found) for name, found in facts.items()},
        ledger=[ledger_ref(talks), ledger_ref(plant)],
        book=BOOK,
        checking=CHECKING,
    )
    paper = msgspec.structs.replace(edition.paper, companies=True)
    return msgspec.structs.replace(edition, paper=paper, findings=findings)
