"""What `parse --json` prints of a feed."""

from datetime import datetime

from broadsheet.model import Category, ParsedEntry, ParsedFeed, Person, iso


def feed_json(parsed: ParsedFeed) -> dict[str, object]:
    """Give a feed as plain values: times in RFC 3339 with `Z`, absent as None or an empty list."""
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
        "title": entry.title,
        "summary": entry.summary,
        "content": entry.content,
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


def _time(moment: datetime | None) -> str | None:
    return iso(moment) if moment else None


def _person(person: Person) -> dict[str, str | None]:
    return {"name": person.name, "email": person.email, "url": person.url}


def _category(category: Category) -> dict[str, str | None]:
    return {"term": category.term, "scheme": category.scheme, "label": category.label}
