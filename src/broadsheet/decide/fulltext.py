"""Whether a post wants the text of its article's own page, and when to ask for that again."""

import re
from functools import cache
from html import unescape
from urllib.parse import urlsplit

from msgspec.structs import replace

from broadsheet.decide.caching import retry_after_s
from broadsheet.decide.tables import lines
from broadsheet.model import CleanEntry, Feed, FullTextRule, ParsedEntry, Refusal, Response

WAITS_S = (3600, 6 * 3600, 86_400, 3 * 86_400)
"""Between one failed try and the next; after the last of them nobody is asked any more."""

LONGEST_S = 14 * 86_400
_MARKUP = re.compile(r"<[^<>]*>")
_TAIL = 120
_TAIL_MARKUP = 600
_PASSING = frozenset(
    ("timeout", "dns", "refused", "tls", "truncated", "protocol", "bad-encoding", "robots-unreachable")
)
_FINAL = frozenset((401, 402, 410, 451))
_FILE = re.compile(
    r"\.(?:pdf|jpe?g|png|gif|webp|svg|mp[34]|m4[av]|webm|ogg|zip|gz|docx?|xlsx?|pptx?|epub)$", re.IGNORECASE
)


def rule_for(feed: Feed, rule: FullTextRule) -> FullTextRule:
    """The rule that holds for a feed: its owner's choice for it, else the paper's."""
    return replace(rule, choice=feed.fulltext) if feed.fulltext else rule


def wants_full_text(entry: ParsedEntry, clean: CleanEntry, rule: FullTextRule) -> bool:
    """Tell whether a post wants the text of its article's own page; `clean` is the entry as it was cleaned."""
    if rule.choice == "never" or (rule.choice == "auto" and not _goes_on(entry, clean, rule.shorter_than)):
        return False
    return _is_page(clean.link)


def after_refusal(reason: str, tries: int, answer: Response | None = None) -> Refusal:
    """Decide when a page that gave nothing may be asked again; `tries` counts those that failed before.

    What a page lacks it lacks for good. Whatever may pass is tried again later, five times in all, and never before
    Retry-After has passed.
    """
    passing = reason in _PASSING
    if answer is not None:
        passing = answer.status >= 400 and answer.status not in _FINAL
    if not passing or tries >= len(WAITS_S):
        return Refusal(reason=reason)
    asked_s = retry_after_s(answer.headers, answer.received_at) if answer else None
    return Refusal(reason=reason, wait_s=max(WAITS_S[tries], min(asked_s or 0, LONGEST_S)))


def _is_page(link: str | None) -> bool:
    try:
        parts = urlsplit(link or "")
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and not _FILE.search(parts.path)


def _goes_on(entry: ParsedEntry, clean: CleanEntry, shorter_than: int) -> bool:
    """Tell whether a short text ends as if it were cut off."""
    text = clean.text[len(clean.title) + 1 :]
    return len(text) < shorter_than and (_is_cut(text) or _is_cut(_last_words(entry)))


def _last_words(entry: ParsedEntry) -> str:
    """The end of what the feed said, furniture and all: cleaning takes a "Read more" away."""
    content = entry.content if entry.content and entry.content.strip() else entry.summary
    return unescape(_MARKUP.sub(" ", (content or "")[-_TAIL_MARKUP:]))


def _is_cut(text: str) -> bool:
    tail = text.rstrip()[-_TAIL:].lower()
    return any(teaser.search(tail) for teaser in _teasers())


@cache
def _teasers() -> tuple[re.Pattern[str], ...]:
    """Each for itself: the search for one goes straight to where it can begin, that for all tries each place."""
    return tuple(re.compile(f"(?:{pattern})\\Z") for pattern in lines("teasers"))
