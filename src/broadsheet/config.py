"""The configuration of one paper: a table of options, read from `broadsheet.toml` and the environment."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta, Struct

from broadsheet.errors import ConfigError
from broadsheet.model import FullTextChoice, FullTextRule, ImageBounds, Limits, Paper

FILE_NAME = "broadsheet.toml"
ENVIRON_PREFIX = "BROADSHEET_"

_EXPECTED = r"Expected `(?P<needed>\w+)`(?:, got `(?P<got>\w+)`|(?P<bound> .*))?"
_TYPES = {
    "int": "a whole number",
    "float": "a number",
    "str": "a text in quotes",
    "bool": "true or false",
    "array": "a list in [ ]",
    "object": "a table",
}


class PaperOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What readers see of the paper."""

    title: Annotated[str, Meta(min_length=1, description="the name of the paper")] = "对开"
    subtitle: Annotated[str, Meta(description="one line under the name")] = "BROADSHEET"
    language: Annotated[
        str,
        Meta(pattern="^([Zz][Hh]|[Ee][Nn])(-[A-Za-z0-9]+)*$", description="interface language: zh-CN or en"),
    ] = "zh-CN"
    zone: Annotated[str, Meta(description="IANA time zone that sets the days of the archive")] = "Asia/Shanghai"
    address: Annotated[str, Meta(pattern="^https?://.+", description="public address of the site")] = (
        "http://127.0.0.1:8080/"
    )


class FetchOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How feeds are asked for."""

    contact: Annotated[
        str,
        Meta(
            pattern=r"^[^\x00-\x1f\x7f]*\Z",
            description="address or URL of the person who runs this paper, sent to servers",
        ),
    ] = ""
    timeout: Annotated[float, Meta(gt=0, le=600, description="seconds one poll may take in all")] = 60.0
    max_wire: Annotated[int, Meta(ge=1024, description="bytes one answer may have as it is sent")] = 10_485_760
    max_body: Annotated[int, Meta(ge=1024, description="bytes one answer may have when unpacked")] = 20_971_520
    interval: Annotated[int, Meta(ge=300, description="seconds between two polls of a feed, at the least")] = 3600
    connections: Annotated[int, Meta(ge=1, le=1000, description="connections at one time, in all")] = 50
    per_host: Annotated[int, Meta(ge=1, le=8, description="connections at one time to one host")] = 2
    host_spacing: Annotated[float, Meta(ge=0, description="seconds between two requests to one host")] = 1.0
    allow: Annotated[tuple[str, ...], Meta(description="networks (CIDR) to reach although they are private")] = ()
    rsshub: Annotated[
        tuple[str, ...], Meta(description="RSSHub instances to ask for rsshub:// feeds, the best first")
    ] = ()


class UpdateOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How answers are worked on."""

    workers: Annotated[int, Meta(ge=0, le=64, description="worker processes; 0 means one for each processor")] = 0


class FulltextOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The articles of posts whose feeds carry only summaries; `broadsheet feed set` chooses for one feed."""

    read: Annotated[
        str,
        Meta(
            pattern="^(auto|always|never)$",
            description="when an article's own page is read: auto (its text is short and cut off), always, never",
        ),
    ] = "auto"
    shorter_than: Annotated[int, Meta(ge=1, description="with `auto`: characters from which on a text is whole")] = (
        500
    )
    pages: Annotated[int, Meta(ge=1, le=100_000, description="pages that one run asks for, at the most")] = 200
    max_bytes: Annotated[int, Meta(ge=1024, description="bytes one page may have")] = 5_242_880


class ImagesOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Copies of the images that posts show."""

    archive: Annotated[bool, Meta(description="whether `run` keeps a copy of every image that posts show")] = True
    folder: Annotated[str, Meta(min_length=1, description="the folder of the copies")] = "images"
    max_bytes: Annotated[int, Meta(ge=1024, description="bytes one image may have")] = 10_485_760
    max_pixels: Annotated[int, Meta(ge=1, le=200_000_000, description="pixels one image may have")] = 40_000_000
    formats: Annotated[
        tuple[Literal["webp", "avif"], ...],
        Meta(description="smaller copies to offer beside each image: webp, avif"),
    ] = ()


class FactsOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Companies, moves of prices and claims, found in the texts of posts."""

    enabled: Annotated[bool, Meta(description="whether facts are found in posts when they arrive")] = True


class StoriesOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Posts about one event, joined into one story."""

    enabled: Annotated[bool, Meta(description="whether posts are joined into stories when they arrive")] = True


class PublishOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the site holds."""

    search: Annotated[bool, Meta(description="whether the site can be searched, by an index in files")] = True


class WebsubOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How hubs reach a running paper."""

    listen: Annotated[
        str,
        Meta(
            pattern="^$|^[^ ]+:[0-9]{1,5}$",
            description="host:port where `run` hears hubs, which ask for websub/ under paper.address; empty: nowhere",
        ),
    ] = ""


class WebOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The live reader, which `serve` starts."""

    listen: Annotated[
        str,
        Meta(
            pattern="^[^ ]+:[0-9]{1,5}$",
            description="host:port where `serve` listens; any host but this machine's own wants a password",
        ),
    ] = "127.0.0.1:8080"
    proxies: Annotated[
        tuple[str, ...], Meta(description="networks (CIDR) of proxies that are trusted to say who asks")
    ] = ()
    user_header: Annotated[
        str,
        Meta(
            pattern="^[A-Za-z0-9-]*$",
            description="header in which a trusted proxy names who signed in there, such as Remote-User; empty: none",
        ),
    ] = ""


class Config(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything a paper's owner can set; `folder` is where `broadsheet.toml` stands."""

    store: Annotated[
        str, Meta(min_length=1, description="the store: a file, or postgresql://user@host/name?schema=paper")
    ] = "broadsheet.db"
    site: Annotated[str, Meta(min_length=1, description="the folder of the published site")] = "site"
    paper: PaperOptions = PaperOptions()
    fetch: FetchOptions = FetchOptions()
    update: UpdateOptions = UpdateOptions()
    fulltext: FulltextOptions = FulltextOptions()
    images: ImagesOptions = ImagesOptions()
    facts: FactsOptions = FactsOptions()
    stories: StoriesOptions = StoriesOptions()
    publish: PublishOptions = PublishOptions()
    websub: WebsubOptions = WebsubOptions()
    web: WebOptions = WebOptions()
    folder: Path = Path()

    @property
    def store_url(self) -> str:
        """The store's address, a file name made absolute against the paper's folder."""
        return self.store if "://" in self.store else str((self.folder / self.store).absolute())

    @property
    def site_folder(self) -> Path:
        """Where the published site stands, absolute."""
        return (self.folder / self.site).absolute()

    @property
    def images_folder(self) -> Path:
        """Where the copies of images stand, absolute."""
        return (self.folder / self.images.folder).absolute()

    def image_bounds(self) -> ImageBounds:
        """How large an image may be, and the smaller copies to make."""
        chosen = self.images
        return ImageBounds(max_bytes=chosen.max_bytes, max_pixels=chosen.max_pixels, formats=chosen.formats)

    def as_paper(self) -> Paper:
        """The paper as its readers know it."""
        chosen = self.paper
        return Paper(
            title=chosen.title,
            subtitle=chosen.subtitle,
            language=chosen.language,
            zone=chosen.zone,
            address=chosen.address.rstrip("/") + "/",
            search=self.publish.search,
        )

    def full_text_rule(self) -> FullTextRule:
        """When the article's own page is read, where nothing else was chosen for a feed."""
        return FullTextRule(
            choice=msgspec.convert(self.fulltext.read, FullTextChoice), shorter_than=self.fulltext.shorter_than
        )

    def limits(self, version: str) -> Limits:
        """The bounds on one poll, and how we name ourselves to servers."""
        chosen = self.fetch
        contact = chosen.contact or self.paper.address
        return Limits(
            wire_bytes=chosen.max_wire,
            body_bytes=chosen.max_body,
            total_s=chosen.timeout,
            allow=chosen.allow,
            user_agent=f"broadsheet/{version} (+{contact})",
        )


class Option(Struct, frozen=True, kw_only=True):
    """One row of the option table: its dotted key, type, default and help."""

    key: str
    type: str
    default: object
    help: str

    @property
    def variable(self) -> str:
        """The environment variable that overrides it."""
        return ENVIRON_PREFIX + self.key.replace(".", "_").upper()


def options() -> Iterator[Option]:
    """List every option there is, in the order of the file."""
    yield from _options(Config, "")


def sample(chosen: Mapping[str, object]) -> str:
    """Write a configuration file that explains every option; those `chosen` by key are set, the rest are comments."""
    lines = ["# Every option of this paper. A line that begins with # shows the default."]
    table = ""
    for option in options():
        head, _, name = option.key.rpartition(".")
        if head != table:
            table = head
            lines += ["", f"[{table}]"]
        value = chosen.get(option.key, option.default)
        mark = "" if option.key in chosen else "# "
        lines += ["", f"# {option.help}", f"{mark}{name} = {_toml(value)}"]
    return "\n".join(lines) + "\n"


def load(path: Path, environ: Mapping[str, str]) -> Config:
    """Read a paper's configuration; `path` is its folder or its file, `environ` may override single options.

    Raises:
        ConfigError: the file is missing or not TOML, or an option is unknown or has a wrong value; the key is named.
    """
    file = path / FILE_NAME if path.is_dir() else path
    values = _read(file)
    overridden = {option.key: option for option in options() if option.variable in environ}
    for option in overridden.values():
        _put(values, option, environ[option.variable])
    return _checked(values, file, {key: option.variable for key, option in overridden.items()})


def _options(struct: type[Struct], prefix: str) -> Iterator[Option]:
    for field in msgspec.structs.fields(struct):
        if isinstance(field.default, Struct):
            yield from _options(type(field.default), f"{prefix}{field.name}.")
            continue
        if field.type is Path:
            continue
        kind, meta = field.type.__origin__, field.type.__metadata__[0]
        name = "list of strings" if kind not in (str, int, float, bool) else kind.__name__
        yield Option(key=prefix + field.name, type=name, default=field.default, help=meta.description)


def _toml(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        message = "there is no paper here; `broadsheet init` makes one"
        raise ConfigError(str(file), message) from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(str(file), f"cannot be read as TOML: {error}") from error


def _put(values: dict[str, Any], option: Option, text: str) -> None:
    *parents, name = option.key.split(".")
    for parent in parents:
        values = values.setdefault(parent, {})
    parts = [part.strip() for part in text.split(",")]
    values[name] = [part for part in parts if part] if option.type == "list of strings" else text


def _checked(values: dict[str, Any], file: Path, variables: Mapping[str, str]) -> Config:
    if unknown := _unknown_key(values):
        raise ConfigError(unknown, f"no such option in {file}; {_hint(unknown)}")
    try:
        config = msgspec.convert(values, Config, strict=False)
        ZoneInfo(config.paper.zone)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$.")
        key = path.rstrip("`")
        place = variables.get(key.partition("[")[0], file)
        raise ConfigError(key or str(file), f"{_plain(message)} in {place}{_meaning(key)}") from error
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(
            "paper.zone",
            f"no time zone is called {config.paper.zone!r}, in {variables.get('paper.zone', file)}; "
            "use a name like Asia/Shanghai",
        ) from error
    for key, wrong, cause in _wrong_places(config):
        raise ConfigError(key, f"{wrong!r} in {variables.get(key, file)} {cause}")
    config = msgspec.structs.replace(config, folder=file.parent)
    _keep_apart(config, file, variables)
    return config


def _wrong_places(config: Config) -> Iterator[tuple[str, str, str]]:
    """Find what is said to be an address or a network and is none: the option, its value, and why it is refused."""
    for address in config.fetch.rsshub:
        if not address.startswith(("http://", "https://")):
            yield "fetch.rsshub", address, "is no address; use one like https://rsshub.app"
    allowed, proxies = config.fetch.allow, config.web.proxies
    for key, networks, strict in (("fetch.allow", allowed, True), ("web.proxies", proxies, False)):
        for network in networks:
            from ipaddress import ip_network  # only here: most papers name none

            try:
                ip_network(network, strict=strict)
            except ValueError as error:
                yield key, network, f"is no network ({error}); use one like 192.168.1.0/24"


def _hint(unknown: str) -> str:
    """Name the option that may be meant: so called in another table, or nearly so in this; else all of this."""
    import difflib  # only here: it costs every command 2 ms

    known = [option.key for option in options()]
    table, _, name = unknown.rpartition(".")
    beside = {key.rpartition(".")[2]: key for key in known if key.rpartition(".")[0] == table}
    if not table:
        beside |= {head: f"[{head}]" for key in known if (head := key.rpartition(".")[0])}
    meant = [key for key in known if key.rpartition(".")[2] == name]
    meant += [beside[near] for near in difflib.get_close_matches(name, beside, 1)]
    return f"did you mean {meant[0]}?" if meant else f"there are {', '.join(beside.values())}"


def _plain(message: str) -> str:
    """Say what is wrong as a person says it, without patterns and types of a machine."""
    if "matching regex" in message:
        return "the wrong form"
    needed = re.fullmatch(_EXPECTED, message)
    if needed is None or not {needed["needed"], needed["got"] or "int"} <= _TYPES.keys():
        return message
    got = f", not {_TYPES[needed['got']]}" if needed["got"] else ""
    return f"{_TYPES[needed['needed']]}{needed['bound'] or ''} is needed{got}"


def _meaning(key: str) -> str:
    plain = key.partition("[")[0]
    return next((f"; it is {option.help}" for option in options() if option.key == plain), "")


def _keep_apart(config: Config, file: Path, variables: Mapping[str, str]) -> None:
    """Refuse what is kept for ever inside the site, of which every build throws away what is not its own."""
    site = config.site_folder.resolve()
    kept = {"images.folder": config.images_folder}
    if "://" not in config.store:
        kept["store"] = Path(config.store_url)
    for key, path in kept.items():
        if path.resolve().is_relative_to(site):
            cause = f"{path} stands in the site's folder, which is replaced at every build; choose a place outside it"
            raise ConfigError(key, f"{cause} (in {variables.get(key, file)})")


def _unknown_key(values: Mapping[str, Any]) -> str | None:
    known = {option.key for option in options()}
    tables = {key.split(".")[0] for key in known if "." in key}
    for name, value in values.items():
        if name in tables and isinstance(value, dict):
            for inner in value:
                if f"{name}.{inner}" not in known:
                    return f"{name}.{inner}"
        elif name not in known | tables:
            return name
    return None
