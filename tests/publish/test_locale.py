"""The catalogues: complete, compiled, and in step with the templates. BROADSHEET_GOLDEN=write compiles them anew."""

import os
from collections.abc import Iterator
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from broadsheet.decide.tables import table

ROOM = Path(str(files("broadsheet.publish")))
WEB = Path(str(files("broadsheet.web")))
pytestmark = pytest.mark.no_cover  # what reads catalogues and templates here is Babel
CATALOGUES = sorted(ROOM.glob("locale/*/LC_MESSAGES/broadsheet.po"))
KEYWORDS = {"_": None, "ngettext": (1, 2), "gettext": None}


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def compiled(path: Path) -> bytes:
    out = BytesIO()
    write_mo(out, catalogue(path))
    return out.getvalue()


def messages(content: bytes) -> list[tuple[object, object]]:
    return [(message.id, message.string) for message in read_mo(BytesIO(content)) if message.id]


def said() -> Iterator[str | tuple[str, ...]]:
    """Every message that the templates and the code mark, and what is said of the health of feeds."""
    methods = [("templates/**.html", "jinja2"), ("**.py", "python")]
    options = {"templates/**.html": {"trim_blocks": "true", "lstrip_blocks": "true", "newstyle_gettext": "true"}}
    for room in (ROOM, WEB):
        for _, _, message, _, _ in extract_from_dir(room, methods, options, keywords=KEYWORDS):
            yield message
    yield from (*table("sentences").values(), *table("repairs").values())


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_what_ships_is_what_was_translated(path: Path) -> None:
    ready = path.with_suffix(".mo")
    if os.environ.get("BROADSHEET_GOLDEN") == "write":
        ready.write_bytes(compiled(path))
    assert messages(ready.read_bytes()) == messages(compiled(path)), (
        "compile it: BROADSHEET_GOLDEN=write pytest tests/publish/test_locale.py"
    )


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_message_is_translated_and_none_is_left_over(path: Path) -> None:
    known = {message.id: message for message in catalogue(path) if message.id}
    assert set(known) == set(said())
    assert not [message.id for message in known.values() if message.fuzzy or not message.string]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_translations_keep_their_parameters(path: Path) -> None:
    whole = catalogue(path)
    for message in whole:
        if message.id and message.python_format:
            assert not list(message.check(whole)), message.id


def test_chinese_has_no_plural() -> None:
    words = GNUTranslations(BytesIO(compiled(CATALOGUES[0])))
    assert words.ngettext("%(count)s post", "%(count)s posts", 2) == words.ngettext(
        "%(count)s post", "%(count)s posts", 1
    )
