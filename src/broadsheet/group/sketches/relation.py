"""How one post carries another, told by how many shingles each has and how many are in both.

Share is the part of the later text that is the earlier's; kept, the part of the earlier that is there again. The
later is a copy where its share is 0.8 or more, an edited copy from 0.5 on, and an excerpt where nearly all of it is
some part of a longer text. A short text in a long one is none of these: a flash that an article begins with, or a
statement that both quote, was reported twice.
"""

from broadsheet.model.stories import Relation

COPY, EDITED = 0.8, 0.5
"""From these shares on."""

_KEPT_EDITED, _KEPT_EXCERPT, _KEPT_LONG_EXCERPT = 0.4, 0.3, 0.2
_LONG_EXCERPT = 100


def relation_of(shared: int, earlier: int, later: int, *, at_once: bool) -> tuple[Relation, float] | None:
    """Name the relation of posts of so many shingles, and the share; more in common never makes it none.

    Of posts published at once the shorter carries the longer.
    """
    if not shared:
        return None
    if at_once:
        earlier, later = max(earlier, later), min(earlier, later)
    share, kept = shared / later, shared / earlier
    if share >= COPY and kept >= EDITED:
        return "copy", share
    if share >= COPY and kept >= (_KEPT_LONG_EXCERPT if shared >= _LONG_EXCERPT else _KEPT_EXCERPT):
        return "excerpt", share
    return ("edited-copy", share) if share >= EDITED and kept >= _KEPT_EDITED else None
