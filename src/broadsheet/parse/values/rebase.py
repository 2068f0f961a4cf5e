"""Relative addresses inside HTML markup, made absolute without touching anything else."""

import re
from html import escape, unescape
from typing import Final

from broadsheet.parse.values.addresses import resolve

_TAG: Final = re.compile(r"<[A-Za-z][^<>]*+>")
_ADDRESS: Final = re.compile(
    r"""(\s(?:href|src|poster|cite|data|action|longdesc|background)\s*=\s*)(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""",
    re.IGNORECASE,
)


def rebase(markup: str, base: str) -> str:
    """Make the relative addresses of a piece of HTML absolute; those that cannot be stay as they are."""

    def absolute(match: re.Match[str]) -> str:
        before, double, single, bare = match.groups()
        written = double if double is not None else single if single is not None else bare
        found = resolve(base, unescape(written))
        return f'{before}"{escape(found)}"' if found and found != written else match.group()

    return _TAG.sub(lambda tag: _ADDRESS.sub(absolute, tag.group()), markup)
