"""Authors: Atom's person construct, and the many ways that RSS writes a person in one line."""

import re
from typing import Final

from lxml.etree import _Element

from broadsheet.model import Person
from broadsheet.parse.elements.markup import plain_text
from broadsheet.parse.elements.scope import Scope
from broadsheet.parse.elements.textual import plain
from broadsheet.parse.names import canonical
from broadsheet.parse.values.addresses import resolve

_EMAIL: Final = re.compile(r"[^\s<>()\[\]{},;:\"'＜＞]{1,64}@[^\s<>()\[\]{},;:\"'＜＞]{1,255}")
_EDGE: Final = " \t\r\n<>()[]\"',;:"
_LONGEST: Final = 1000


def read_person(element: _Element, scope: Scope) -> list[Person]:
    """Read the people an element names; an element that names nobody gives none."""
    person = _construct(element, scope) if len(element) else parse_person(plain(element))
    return [person] if person else []


def _construct(element: _Element, scope: Scope) -> Person | None:
    """Read the person construct of RFC 4287, section 3.2 (and of Atom 0.3 and iTunes)."""
    here = scope.enter(element)
    found = {canonical(child.tag, scope.own).rpartition(":")[2]: child for child in element.iterdescendants()}
    name, email = (plain(found[key]) if key in found else "" for key in ("name", "email"))
    place = next((found[key] for key in ("uri", "url", "homepage") if key in found), None)
    url = resolve(here.enter(place).base, plain(place)) if place is not None else None
    if not (name or email or url):
        return parse_person(plain(element))
    return Person(name=name or None, email=email or None, url=url)


def parse_person(line: str) -> Person | None:
    """Read "mail (name)", "name (mail)", "name <mail>", a mail or a name alone."""
    text = plain_text(line[:_LONGEST])
    mail = _EMAIL.search(text) if "@" in text else None
    if not mail:
        return Person(name=text) if text else None
    address = mail.group().removeprefix("mailto:").strip(".")
    name = (text[: mail.start()].removesuffix("mailto:").strip(_EDGE) + " " + text[mail.end() :].strip(_EDGE)).strip()
    return Person(name=name or None, email=address)
