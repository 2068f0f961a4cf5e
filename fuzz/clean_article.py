"""Any bytes are a page: its article comes out harmless, or one word says why there is none."""

import sys

import atheris

with atheris.instrument_imports(include=["broadsheet.clean"]):
    from broadsheet.clean import clean_article, clean_entry, sanitise
    from broadsheet.model import ParsedEntry
    from broadsheet.parse import decode_page

ENTRY = ParsedEntry(title="x", link="https://news.example/1.html")
OWN = clean_entry(ENTRY)


def check(data: bytes) -> None:
    """Hold the promises of `clean_article`."""
    got = clean_article(ENTRY, OWN, decode_page(data, None), "https://news.example/1.html")
    if isinstance(got, str):
        assert "-" in got or got == "paywall", "this is no word for it"
    else:
        assert sanitise(got.html) == got.html, "the sanitiser was not the last"


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
