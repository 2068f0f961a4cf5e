"""Posts that claim things of invented companies, in few words."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from broadsheet.group.ledger.told import Told, read_told
from broadsheet.model import (
    Annotations,
    Answer,
    Claim,
    CompanyTie,
    DateMention,
    Event,
    LedgerPost,
    Mention,
    Origin,
    Reply,
    Source,
    Stage,
    Status,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
IDS = {"青禾集团": "qinghe-group", "青禾": "qinghe", "远帆": "yuanfan", "海川": "haichuan", "山城": "shancheng"}
TIES = (
    CompanyTie(company="qinghe-group", other="qinghe", tie="parent"),
    CompanyTie(company="yuanfan", other="haichuan", tie="affiliate"),
)
"""青禾集团 has no listing, 青禾 is its listed child; 远帆 and 海川 only know each other."""

_STATUS: dict[str, Status] = {"anonymous": "rumour", "market_rumour": "rumour", "outlet": "reported"}


def claim(
    quote: str,
    event: Event = "acquisition",
    stage: Stage = "considering",
    source: Source = "anonymous",
    *,
    name: str | None = None,
    status: Status | None = None,
    parties: tuple[str, ...] | None = None,
) -> Claim:
    """A claim about the companies that its words name, unless told otherwise; its place is found later."""
    named = tuple(company for company in IDS if company in _without_longer(quote, company))
    official: Status = "completed" if stage == "completed" else "announced"
    return Claim(
        start=0,
        end=0,
        quote=quote,
        event=event,
        parties=named if parties is None else parties,
        stage=stage,
        source=source,
        source_name=name,
        status=status or _STATUS.get(source, "reported" if source in {"unattributed", "own_reporting"} else official),
    )


def denied(quote: str, source: Source = "company") -> Claim:
    """A claim that says it is not so."""
    return replace(claim(quote, source=source, stage="planned"), polarity="denied", status="denied")


def post(
    name: str,
    *claims: Claim,
    hours: float = 0,
    story: str | None = "s",
    outlet: str = "",
    answers: tuple[tuple[str, Answer], ...] = (),
    origins: tuple[str, ...] = (),
    dates: tuple[tuple[str, str], ...] = (),
    carries: str | None = None,
) -> LedgerPost:
    """A post of a feed of its own; its text is its origins, its claims and its answers, in this order."""
    said = [f"据{one}报道" for one in origins]
    replies = [f"{party}回应" for party, _ in answers]
    text = "。".join([*said, *(one.quote for one in claims), *replies])
    places = [text.index(quote) for quote in (*said, *(one.quote for one in claims), *replies)]
    cut = len(origins), len(origins) + len(claims)
    facts = Annotations(
        language="zh-Hans",
        text=text,
        mentions=_mentions(text),
        claims=tuple(
            replace(one, start=start, end=start + len(one.quote))
            for one, start in zip(claims, places[cut[0] : cut[1]], strict=True)
        ),
        responses=tuple(
            Reply(start=start, end=start + len(words), quote=words, party=party, response=answer)
            for (party, answer), words, start in zip(answers, replies, places[cut[1] :], strict=True)
        ),
        origins=tuple(
            Origin(start=start, end=start + len(words), quote=words, outlet=outlet)
            for outlet, words, start in zip(origins, said, places[: cut[0]], strict=True)
        ),
        dates=tuple(
            DateMention(
                start=text.index(words),
                end=text.index(words) + len(words),
                surface=words,
                value=value,
                precision="day",
            )
            for words, value in dates
        ),
    )
    return LedgerPost(
        post_id=name,
        feed_id=f"feed of {name}",
        outlet=outlet or f"{name}报",
        published=NOON + timedelta(hours=hours),
        facts=facts,
        story_id=story,
        carries=carries,
    )


def told(*posts: LedgerPost) -> list[Told]:
    """All claims of posts."""
    return [one for post in posts for one in read_told(post)]


def _without_longer(text: str, company: str) -> str:
    for other in IDS:
        if company in other and company != other:
            text = text.replace(other, "")
    return text


def _mentions(text: str) -> tuple[Mention, ...]:
    found, start = [], 0
    while start < len(text):
        name = next((one for one in IDS if text.startswith(one, start)), "")
        if name:
            found.append(
                Mention(start=start, end=start + len(name), surface=name, company=name, company_id=IDS[name])
            )
        start += len(name) or 1
    return tuple(found)
