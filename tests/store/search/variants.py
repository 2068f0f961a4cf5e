"""Write `store/search/data/variants.txt` from the tables of OpenCC: `python -m tests.store.search.variants`.

Run it when OpenCC knows more characters. A file that changes needs a migration that makes the search index anew.
"""

import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import opencc

import broadsheet.store.search

FILE = Path(broadsheet.store.search.__file__).parent / "data" / "variants.txt"
TO_SIMPLIFIED = ("TSCharacters", "TSCharactersExt")
TABLES = (*TO_SIMPLIFIED, "STCharacters", "TWVariants", "HKVariants")
HEAD = """\
# Characters that are read as one: what they are read as, then its other forms. Simplified and traditional forms as
# OpenCC's tables relate them (Apache-2.0, https://github.com/BYVoid/OpenCC), mainland, Taiwan and Hong Kong.
# Made by `python -m tests.store.search.variants`; a change needs a migration that makes the search index anew.
"""


def pairs(table: str) -> Iterator[tuple[str, str]]:
    """The characters that a table of OpenCC relates."""
    folder = Path(opencc.__file__).parent / "clib"
    with tempfile.TemporaryDirectory() as scratch:
        text = Path(scratch) / "table.txt"
        program, binary = folder / "bin" / "opencc_dict", folder / "share" / "opencc" / f"{table}.ocd2"
        subprocess.run([program, "-i", binary, "-o", text, "-f", "ocd2", "-t", "text"], check=True)
        for line in text.read_text("utf-8").splitlines():
            one, _, others = line.partition("\t")
            yield from ((one, other) for other in others.split() if len(one) == len(other) == 1)


def classes() -> list[str]:
    """All forms of a character in one string, the one that they are read as first."""
    related: dict[str, set[str]] = {}
    simplified: Counter[str] = Counter()
    for table in TABLES:
        for one, other in pairs(table):
            both = related.get(one, {one}) | related.get(other, {other})
            related.update(dict.fromkeys(both, both))
            simplified[other] += table in TO_SIMPLIFIED and one != other
    alike = {frozenset(forms) for forms in related.values() if len(forms) > 1}
    return sorted(
        "".join(sorted(forms, key=lambda form: (_rarity(form), -simplified[form], form))) for forms in alike
    )


def _rarity(form: str) -> int:
    """How rare a character is in simplified text: by the two levels of GB 2312, then GBK."""
    for rarity, charset in enumerate(("gb2312", "gbk")):
        try:
            return 2 * rarity + (form.encode(charset)[0] >= 0xD8)
        except UnicodeEncodeError:
            continue
    return 4


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(HEAD + "".join(f"{forms}\n" for forms in classes()), "utf-8")
