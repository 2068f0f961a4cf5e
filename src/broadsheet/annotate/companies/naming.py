"""Names as lists of securities print them, and as people say them."""

import re
from functools import lru_cache

from broadsheet.annotate.folding import fold
from broadsheet.annotate.tables import rows, words

_BLANKS = re.compile(r"(?<=[^a-z0-9&.,'])\s+|\s+(?=[^a-z0-9&.,'])")
_PREFIX = re.compile(r"^(?:s?\*?st|s\*st|sst|n|c|g|xd|xr|dr)(?=[\u4e00-\u9fff])|^\*(?=[\u4e00-\u9fff])")
_MARK = re.compile(r"[-－](?:u|w|v|d|wd|uw|b|s|sw|ss|p|r)$")
_CLASS = re.compile(r"(?<=[\u4e00-\u9fff])[ab]$")
_LEGAL_EN = re.compile(
    r",? (?:inc|corp|corporation|co|company|ltd|limited|plc|llc|lp|sa|nv|ag|se|ab|asa|oyj|spa|"
    r"holdings?|group|class [a-c]|/[a-z]{2}/?|n\.v|s\.a)\.?$"
)
_PLACE = re.compile(rf"^(?:{'|'.join(words('orgs_zh', 'place'))})(?:省|市)?")
_LEGAL_ZH = re.compile(r"(?:集团)?(?:控股)?(?:股份)?(?:有限)?(?:责任)?公司$")


@lru_cache(maxsize=1 << 15)
def plain_name(name: str) -> str:
    """Write a listed name as texts do, folded: `*ST闻泰` is 闻泰, `万  科Ａ` 万科, `小米集團－Ｗ` 小米集团."""
    folded = fold(name.strip())
    if len(folded.split()) > 1:
        folded = _BLANKS.sub("", folded)
    for pattern in (_PREFIX, _MARK, _CLASS):
        folded = pattern.sub("", folded)
    return folded


def spoken_names(name: str) -> tuple[str, ...]:
    """Give the shorter forms of a legal English name: `Apple Inc.` is Apple, `ABC Holdings Ltd` ABC Holdings."""
    forms, current = [name], name
    while (shorter := _LEGAL_EN.sub("", current.lower())) != current.lower():
        current = current[: len(shorter)]
        forms.append(current)
    return tuple(dict.fromkeys(form.strip(" ,") for form in forms))


def legal_cores(name: str) -> tuple[str, ...]:
    """Give what a legal name may be listed as: 浙江万盛股份有限公司 as 浙江万盛, 万盛 or 万盛股份."""
    if name.isascii():
        return spoken_names(name)
    core = _LEGAL_ZH.sub("", name)
    forms = [name, core]
    if "股份" in name[len(core) :]:
        bare = _PLACE.sub("", core)
        forms += [bare] if len(bare) > 2 else []
        forms += [f"{bare}股份", f"{core}股份"]
    return tuple(dict.fromkeys(form for form in forms if len(form) > 1))


@lru_cache(maxsize=1)
def common_names() -> frozenset[str]:
    """Give the listed names that are words of the language too, folded."""
    return frozenset(fold(word) for row in rows("common_names") for word in row[1].split())
