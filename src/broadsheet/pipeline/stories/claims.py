"""Claims of the ledger as people ask for them: what is open, about whom, and silent for how long."""

from datetime import datetime

from broadsheet.model import OPEN_STATUSES, LedgerEntry
from broadsheet.pipeline.stories.watching import parties_of
from broadsheet.store import Store


def find_claims(
    store: Store,
    company: str | None = None,
    *,
    open_only: bool = False,
    before: datetime | None = None,
    limit: int = 20,
) -> list[LedgerEntry]:
    """Find claims, those told of last first: about all companies that `company` names, silent since `before`.

    Raises:
        ConfigError: a name is one of several companies.
    """
    statuses = OPEN_STATUSES if open_only else None
    if company is None:
        return store.ledger.listed(limit, statuses=statuses, before=before)
    known = [party.company_id for party in parties_of(store, company)]
    about = [store.ledger.of_company(key) for key in known if key]
    entries = [entry for entry in about[0] if all(entry in other for other in about)] if about else []
    return [
        entry
        for entry in entries
        if (statuses is None or entry.status in statuses) and (before is None or entry.last_at <= before)
    ][:limit]
