"""How the paper looks and which language it speaks: templates, stylesheet, script and catalogue, with one digest."""

import os
import re
from collections.abc import Mapping
from functools import cache
from gettext import GNUTranslations, NullTranslations
from hashlib import blake2b
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from jinja2 import DictLoader, Environment, StrictUndefined
from msgspec import Struct

from broadsheet.errors import PublishError
from broadsheet.model import Paper
from broadsheet.publish.addresses import root_of
from broadsheet.publish.almanac import Almanac, make_almanac
from broadsheet.publish.compiled import compiled_templates
from broadsheet.publish.filters import filters

CATALOGUES = {"zh": "zh_CN"}
ASSETS = ("broadsheet.css", "app.js", "reading.js", "search.js", "icon.svg")
_FOR_AUTHORS = re.compile(rb"/\*.*?\*/\n?|(?<=\n) +", re.DOTALL)
# A text without parameters, as templates mark it for translation.
_MESSAGE = re.compile(r'\b_\("([^"]*)"\)')


class Theme(Struct, frozen=True, kw_only=True):
    """Everything that turns a page's data into bytes; equal `digest` means that equal data gives equal bytes."""

    paper: Paper
    environment: Environment
    almanac: Almanac
    words: NullTranslations
    assets: Mapping[str, bytes]
    digest: str

    def fingerprint(self, *inputs: str) -> str:
        """Name what a page is made from: the theme, and the page's own inputs."""
        return blake2b("\0".join((self.digest, *inputs)).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def render(self, template: str, path: str, context: Mapping[str, object]) -> bytes:
        """Fill a template for the page at `path`, as UTF-8; pictures on the paper's own site become relative."""
        root = root_of(path)
        filled = self.environment.get_template(template).render({"root": root, "path": path, **context})
        if path.endswith(".html"):
            filled = filled.replace(f'src="{self.paper.address}', f'src="{root}')
        return filled.encode("utf-8", "replace")


def load_theme(paper: Paper, more: Mapping[str, bytes] = {}) -> Theme:
    """Load the theme in the paper's language and zone.

    `more` are further templates, by "templates/" and their name, which may extend and import ours.

    Raises:
        PublishError: the paper's zone is not an IANA zone.
    """
    sources = {**_sources(), **more}
    words = _catalogue(paper.language, sources)
    almanac = make_almanac(_zone(paper), words)
    contents = {name: _sent(name, sources[f"static/{name}"]) for name in ASSETS}
    assets = {_hashed(name, content): content for name, content in contents.items()}
    return Theme(
        paper=paper,
        environment=_environment(paper, almanac, words, sources, dict(zip(ASSETS, assets, strict=True))),
        almanac=almanac,
        words=words,
        assets=assets,
        digest=_digest(paper, sources),
    )


@cache
def _sources() -> dict[str, bytes]:
    """Read every file of this room that a page's bytes may depend on, by its path inside the room."""
    return dict(sorted(_walk(files("broadsheet.publish"), "")))


def _walk(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found = []
    for item in folder.iterdir():
        if item.is_dir() and item.name not in {"__pycache__", "formats"}:
            found += _walk(item, f"{path}{item.name}/")
        elif item.name.endswith((".py", ".html", ".xml", ".txt", ".css", ".js", ".svg", ".mo")):
            found.append((f"{path}{item.name}", item.read_bytes()))
    return found


def _digest(paper: Paper, sources: Mapping[str, bytes]) -> str:
    digest = blake2b(msgspec.json.encode(paper), digest_size=16)
    for name, content in sources.items():
        digest.update(f"\0{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _zone(paper: Paper) -> ZoneInfo:
    try:
        return ZoneInfo(paper.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        cause = "is not a time zone; use an IANA name such as Asia/Shanghai or Europe/Berlin"
        raise PublishError(paper.zone, cause) from error


def _catalogue(language: str, sources: Mapping[str, bytes]) -> NullTranslations:
    """Choose the interface's language by the primary subtag; English is the language of the templates."""
    name = CATALOGUES.get(_primary(language))
    if name is None:
        return NullTranslations()
    return GNUTranslations(BytesIO(sources[f"locale/{name}/LC_MESSAGES/broadsheet.mo"]))


def _primary(language: str) -> str:
    return language.replace("_", "-").split("-")[0].lower()


def _sent(name: str, content: bytes) -> bytes:
    """Leave out of stylesheet and scripts what is for their authors alone: comments and indentation."""
    return _FOR_AUTHORS.sub(b"", content) if name.endswith((".css", ".js")) else content


def _hashed(name: str, content: bytes) -> str:
    stem, _, kind = name.rpartition(".")
    return f"static/{stem}-{blake2b(content, digest_size=5).hexdigest()}.{kind}"


def _environment(
    paper: Paper, almanac: Almanac, words: NullTranslations, sources: Mapping[str, bytes], assets: Mapping[str, str]
) -> Environment:
    templates = {
        name.removeprefix("templates/"): _translated(content.decode("utf-8"), words)
        for name, content in sources.items()
        if name.startswith("templates/")
    }
    environment = Environment(
        loader=DictLoader(templates),
        autoescape=True,
        auto_reload=False,
        bytecode_cache=compiled_templates(os.environ, CATALOGUES.get(_primary(paper.language), "en")),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(paper=paper, almanac=almanac, assets=assets)
    environment.filters.update(filters(paper, almanac))
    return environment


def _translated(template: str, words: NullTranslations) -> str:
    """Put the words of the paper's language into a template once, rather than into each page."""

    def literal(match: re.Match[str]) -> str:
        text = words.gettext(match[1]).replace("\\", "\\\\").replace('"', '\\"')
        return f'"{text}"'

    return _MESSAGE.sub(literal, template)
