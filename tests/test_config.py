"""The configuration: one table, clear refusals."""

import tomllib
from pathlib import Path

import pytest

from broadsheet.config import Config, load, options, sample
from broadsheet.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    (folder / "broadsheet.toml").write_text(text, "utf-8")
    return folder


def test_an_empty_file_gives_every_default(tmp_path: Path) -> None:
    config = load(write(tmp_path, ""), {})
    assert config.paper.title == "对开"
    assert config.site_folder == tmp_path / "site"
    assert config.store_url == str(tmp_path / "broadsheet.db")


def test_a_store_address_is_left_as_it_is(tmp_path: Path) -> None:
    assert load(write(tmp_path, 'store = "postgresql://x/y"'), {}).store_url == "postgresql://x/y"


def test_every_option_has_a_type_a_default_and_a_help_line() -> None:
    for option in options():
        assert option.type in {"str", "int", "float", "bool", "list of strings"}
        assert option.help, option.key


def test_the_environment_overrides_the_file(tmp_path: Path) -> None:
    write(tmp_path, "[fetch]\ntimeout = 3")
    config = load(tmp_path, {"BROADSHEET_FETCH_TIMEOUT": "5", "BROADSHEET_FETCH_ALLOW": "127.0.0.0/8, ::1/128"})
    assert config.fetch.timeout == 5
    assert config.fetch.allow == ("127.0.0.0/8", "::1/128")


def test_an_empty_variable_is_an_empty_list(tmp_path: Path) -> None:
    write(tmp_path, '[fetch]\nallow = ["10.0.0.0/8"]\n[images]\nformats = ["webp"]')
    config = load(tmp_path, {"BROADSHEET_FETCH_ALLOW": "", "BROADSHEET_IMAGES_FORMATS": "avif, "})
    assert config.fetch.allow == ()
    assert config.images.formats == ("avif",)


def test_formats_of_images_are_known_ones_and_the_archive_can_be_left_off(tmp_path: Path) -> None:
    write(tmp_path, '[images]\nformats = ["webp", "avif"]')
    config = load(tmp_path, {"BROADSHEET_IMAGES_ARCHIVE": "false"})
    assert config.image_bounds().formats == ("webp", "avif")
    assert not config.images.archive
    assert config.images_folder == tmp_path / "images"
    with pytest.raises(ConfigError, match=r"images\.formats\[0\]"):
        load(write(tmp_path, '[images]\nformats = ["jxl"]'), {})


def test_the_sample_explains_every_option_and_reads_back(tmp_path: Path) -> None:
    title = 'A "quoted" \\ 对开\n'
    text = sample({"paper.title": title})
    assert load(write(tmp_path, text), {}).paper.title == title
    assert tomllib.loads(text) == {
        "paper": {"title": title},
        "fetch": {},
        "update": {},
        "fulltext": {},
        "publish": {},
        "images": {},
        "facts": {},
        "stories": {},
        "websub": {},
        "web": {},
    }
    uncommented = "\n".join(line.removeprefix("# ") for line in text.splitlines() if " = " in line or "[" in line)
    write(tmp_path, uncommented)
    assert load(tmp_path, {}).fetch == Config().fetch


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("[fetch]\ntimeuot = 3", "fetch.timeuot", "did you mean fetch.timeout?"),
        ("zzzz = 3", "zzzz", "there are store, site, [paper], [fetch]"),
        ('[fetch]\ntimeout = "x"', "fetch.timeout", "a number is needed, not a text in quotes in "),
        ("[fetch]\ninterval = 5", "fetch.interval", "a whole number >= 300 is needed in "),
        ("[fetch]\nallow = 3", "fetch.allow", "a list in [ ] is needed, not a whole number in "),
        ('[paper]\ntitle = ""', "paper.title", "a text in quotes of length >= 1 is needed in "),
        ("zone = 'UTC'", "zone", "did you mean paper.zone?"),
        ("[feth]\ntimeout = 3", "feth", "did you mean [fetch]?"),
        ("[paper]\nbase_url = 'x'", "paper.base_url", "; there are paper.title, paper.subtitle, paper.language"),
        ('[paper]\nzone = "Mars/Base"', "paper.zone", "use a name like Asia/Shanghai"),
        ('[paper]\nzone = "../etc"', "paper.zone", "use a name like Asia/Shanghai"),
        ('[paper]\nzone = ""', "paper.zone", "no time zone is called '', in "),
        ("paper = 3", "paper", "a table is needed, not a whole number in "),
        ('[websub]\nlisten = "8081"', "websub.listen", "the wrong form in"),
        ('[websub]\nlisten = "8081"', "websub.listen", "; it is host:port where `run` hears hubs"),
        ('[fulltext]\nread = "ever"', "fulltext.read", "auto (its text is short and cut off), always, never"),
        (
            '[images]\nformats = ["jxl"]',
            "images.formats[0]",
            "; it is smaller copies to offer beside each image: webp",
        ),
        ('[images]\nfolder = "site"', "images.folder", "choose a place outside it"),
        ('[images]\nfolder = "site/img"', "images.folder", "replaced at every build"),
        ('store = "site/store.db"', "store", "replaced at every build"),
        ('site = "."', "images.folder", "choose a place outside it"),
        ('[fetch]\nrsshub = ["rsshub.app"]', "fetch.rsshub", "use one like https://rsshub.app"),
        ('[fetch]\nallow = ["127.0.0"]', "fetch.allow", "is no network ("),
        ('[fetch]\nallow = ["192.168.1.5/24"]', "fetch.allow", "has host bits set); use one like 192.168.1.0/24"),
        ('[web]\nproxies = ["10.0.0.0/8", "proxy"]', "web.proxies", "use one like 192.168.1.0/24"),
        ('[fetch]\ncontact = "me\\n"', "fetch.contact", "the wrong form in "),
        ('[paper]\nlanguage = "fr"', "paper.language", "; it is interface language: zh-CN or en"),
        ('folder = "x"', "folder", "no such option"),
    ],
)
def test_a_wrong_option_is_refused_by_its_key(tmp_path: Path, text: str, key: str, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(write(tmp_path, text), {})
    assert caught.value.key == key
    assert words in str(caught.value)
    assert str(tmp_path) in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_missing_file_says_how_to_found_a_paper(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="broadsheet init"):
        load(tmp_path, {})


def test_a_file_that_is_no_toml_says_where(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="line 1"):
        load(write(tmp_path, "a b"), {})


def test_limits_name_the_paper_and_its_contact(tmp_path: Path) -> None:
    config = load(write(tmp_path, '[fetch]\ncontact = "mailto:desk@example.org"\nmax_body = 4096'), {})
    limits = config.limits("1.2")
    assert limits.user_agent == "broadsheet/1.2 (+mailto:desk@example.org)"
    assert limits.body_bytes == 4096
    assert config.as_paper().address.endswith("/")
