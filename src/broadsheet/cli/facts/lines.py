"""Facts of one post told on the terminal, a line each."""

from collections.abc import Iterator

from broadsheet.model import Annotations, Mention


def fact_lines(found: Annotations) -> Iterator[str]:
    """Tell the companies once each, then moves, claims, answers and whose report it is."""
    companies = dict.fromkeys(map(_company, found.mentions))
    if companies:
        yield f"companies: {', '.join(companies)}"
    for move in found.moves:
        yield _joined(f"move: {move.surface}", move.security or move.instrument, move.statistic)
    for claim in found.claims:
        source = claim.source_name or claim.source
        yield _joined(f"{claim.status}: {claim.quote}", claim.event, f"stage {claim.stage}", f"source {source}")
    for reply in found.responses:
        yield _joined(f"answer: {reply.quote}", reply.party, reply.response)
    if found.origins:
        from broadsheet.group.texts.outlets import outlet_name

        yield f"reported by: {', '.join(dict.fromkeys(outlet_name(origin.outlet) for origin in found.origins))}"


def _company(mention: Mention) -> str:
    name = mention.company or mention.surface
    return f"{name} ({mention.security})" if mention.security else name


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part and part != "stage none")
