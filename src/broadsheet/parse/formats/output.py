"""What `parse --json` prints of a feed."""

from datetime import datetime

from broadsheet.model import Category, ParsedEntry, ParsedFeed, Person, TextType, iso
from broadsheet.parse.values.rebase import rebase


def feed_json(parsed: ParsedFeed) -> dict[str, object]:
    """Give a feed as plain values: times in RFC 3339 with `Z`, absent as None or an empty list.

    Addresses inside markup are made absolute, for the base they need is not among the values.
    """
    return {
        "format": parsed.format,
        "title": parsed.title,
        "subtitle": parsed.subtitle,
        "link": parsed.link,
        "self_link": parsed.self_link,
        "hubs": list(parsed.hubs),
        "language": parsed.language,
        "updated": _time(parsed.updated),
        "image": parsed.image,
        "ttl_minutes": parsed.ttl_minutes,
        "skip_hours": list(parsed.skip_hours),
        "skip_days": list(parsed.skip_days),
        "authors": [_person(author) for author in parsed.authors],
        "categories": [_category(category) for category in parsed.categories],
        "repairs": list(parsed.repairs),
        "entries": [_entry(entry) for entry in parsed.entries],
    }


def _entry(entry: ParsedEntry) -> dict[str, object]:
    return {
        "id": entry.id,
        "link": entry.link,
        "title": _markup(entry.title, entry.title_type, entry.base_url),
        "summary": _markup(entry.summary, entry.summary_type, entry.base_url),
        "content": _markup(entry.content, entry.content_type, entry.base_url),
        "published": _time(entry.published),
        "updated": _time(entry.updated),
        "authors": [_person(author) for author in entry.authors],
        "categories": [_category(category) for category in entry.categories],
        "enclosures": [{"url": file.url, "type": file.type, "length": file.length} for file in entry.enclosures],
        "images": list(entry.images),
        "language": entry.language,
        "source": entry.source,
        "comments": entry.comments,
    }


def _markup(text: str | None, kind: TextType, base: str | None) -> str | None:
    return rebase(text, base) if text and base and kind == "html" else text


def _time(moment: datetime | None) -> str | None:
    return iso(moment) if moment else None


def _person(person: Person) -> dict[str, str | None]:
    return {"name": person.name, "email": person.email, "url": person.url}


def _category(category: Category) -> dict[str, str | None]:
    return {"term": category.term, "scheme": category.scheme, "label": category.label}
