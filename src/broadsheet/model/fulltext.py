"""The whole article of a post whose feed carries only a summary: when it is wanted, and what came of it."""

from typing import Literal

from msgspec import Struct

FullTextChoice = Literal["auto", "always", "never"]


class FullTextRule(Struct, frozen=True, kw_only=True):
    """When the article's own page is asked for.

    "auto" means where the feed's text has fewer than `shorter_than` characters and ends as if it were cut off.
    """

    choice: FullTextChoice = "auto"
    shorter_than: int = 500


class Refusal(Struct, frozen=True, kw_only=True):
    """Why a page gave no full text, in one stable word; after `wait_s` seconds it may be asked again, if at all."""

    reason: str
    wait_s: int | None = None
