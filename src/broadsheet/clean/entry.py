"""One entry, cleaned: what becomes a revision of a post."""

from collections import Counter
from hashlib import blake2b

from broadsheet.clean.body import CleanOptions, repair_body
from broadsheet.clean.links.addresses import absolute
from broadsheet.clean.links.targets import repair_address
from broadsheet.clean.pictures.images import images_of
from broadsheet.clean.sanitise import sanitise_tree
from broadsheet.clean.words.language import language_of
from broadsheet.clean.words.summary import running_text, summarise
from broadsheet.clean.words.text import visible_text
from broadsheet.clean.words.titles import plain, title_from
from broadsheet.model import CleanEntry, Image, ParsedEntry

DEFAULTS = CleanOptions()
_SMALLEST_LEAD = 60


def clean_entry(entry: ParsedEntry, base_url: str | None = None, options: CleanOptions = DEFAULTS) -> CleanEntry:
    """Repair, sanitise and read one entry.

    Its body is its content, else its summary; relative addresses are resolved against the entry's own base, else
    `base_url`, else its link. Never raises, whatever the text; each repair and removal is counted in `changes`.
    """
    changes: Counter[str] = Counter()
    title = plain(entry.title, entry.title_type)
    base = entry.base_url or base_url or entry.link
    root = repair_body(entry, title, base, options.frame_hosts, changes)
    images = images_of(root)
    html = sanitise_tree(root)
    text = visible_text(html)
    link = _link(entry.link, base, changes)
    language = language_of(entry.language, title, text)
    title = title or title_from(text, link, language)
    return CleanEntry(
        title=title,
        html=html,
        text=f"{title}\n{text}",
        summary=summarise(_own_summary(entry), title, running_text(root)),
        link=link,
        language=language,
        image=_lead(images, entry, base),
        images=images,
        changes=dict(sorted(changes.items())),
    )


def _link(link: str | None, base: str | None, changes: Counter[str]) -> str | None:
    return repair_address(link, base, changes)[0] if link else None


def _own_summary(entry: ParsedEntry) -> str:
    """Read the feed's own summary; one that is the body itself says nothing more."""
    if not entry.summary or not (entry.content and entry.content.strip()):
        return ""
    return plain(entry.summary, entry.summary_type)


def _lead(images: tuple[Image, ...], entry: ParsedEntry, base: str | None) -> Image | None:
    """Choose the picture to lead with: the first of the body, else one the feed names."""
    for image in images:
        if min(image.width or 1_000, image.height or 1_000) >= _SMALLEST_LEAD:
            return image
    named = [
        *entry.images,
        *(enclosure.url for enclosure in entry.enclosures if (enclosure.type or "").startswith("image/")),
    ]
    return next((Image(url=address) for address in (absolute(name, base) for name in named) if address), None)


def post_digest(clean: CleanEntry) -> str:
    """Digest what a reader sees (title, body, link): 32 hex digits of BLAKE2b; trivial changes leave it as it is."""
    seen = "\0".join((clean.title, " ".join(clean.html.split()), clean.link or ""))
    return blake2b(seen.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
