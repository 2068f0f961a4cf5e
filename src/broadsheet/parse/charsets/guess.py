"""The charset of a document that names none, or a wrong one: told by how often which bytes stand where."""

import re
from typing import Final

from charset_normalizer import from_bytes

_GUESSES: Final = ["gb18030", "big5", "shift_jis", "euc_kr", "cp1252"]
_FOREIGN: Final = re.compile(rb"[\x80-\xff][\x40-\xff\s]{0,200}")
_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]+")
_HAN: Final = re.compile("[\u4e00-\u9fa5]+")
_KANA: Final = re.compile("[\u3041-\u30ff]")
_HANGUL: Final = re.compile("[\uac00-\ud7a3\u4e00-\u9fff\uf900-\ufaff]+")
_LETTERS: Final = re.compile(rb"[\xa3\xa8\xaa\xaf\xb2-\xb4\xb8-\xbb\xbf-\xff]+")
_LATIN: Final = re.compile(rb"[\x80\x85\x8c\x91-\x97\x99\x9c\xa0\xa1\xa3\xa7\xa9\xab\xae\xb0\xb7\xbb\xbf-\xff]")
_LEAST_RUN: Final = 3.5
"""So many letters a word in Cyrillic has, on average; in the Latin alphabet they stand alone or in pairs."""
_TOLERATED: Final = 10
_FEWEST: Final = 3
_GREEK: Final = b"\xdc\xdd\xde\xdf\xe1\xf4"
"""Alpha, tau and vowels with accents; in Cyrillic the rarest of letters stand there."""

_LAST_HEBREW: Final = 0xFA
_YOD: Final = 0xE9
"""The commonest letter of Hebrew; in Cyrillic a rare one stands there."""
_NEARLY_ALL: Final = 0.97


def guess_charset(sample: bytes) -> str | None:
    """Guess the charset of a text that is not UTF-8, as Python names it."""
    told = told_charset(sample)
    if told:
        return told
    best = from_bytes(_telling_part(sample), cp_isolation=_GUESSES).best()
    return best.encoding if best else None


def told_charset(sample: bytes) -> str | None:
    """Name the charset of a text that is not UTF-8 where its bytes leave hardly a doubt."""
    if _is_western(sample):
        return "cp1252"
    for charset, fits in (
        ("euc_jp", _is_japanese),
        ("cp932", _is_japanese),
        ("cp949", _is_korean),
        ("gb18030", _is_chinese),
        ("big5hkscs", _is_taiwanese),
    ):
        if fits(sample, charset):
            return charset
    return _cyrillic(sample)


def _is_western(sample: bytes) -> bool:
    """Tell Windows-1252 by letters with accents and signs of print; they stand alone, or in pairs of small ones."""
    runs = _BEYOND_ASCII.findall(sample)
    foreign = sum(map(len, runs))
    alone = sum(len(run) for run in runs if len(run) == 1 or (len(run) == 2 and min(run) >= 0xE0))
    return bool(runs) and len(_LATIN.findall(sample)) >= 0.9 * foreign and alone >= 0.6 * foreign


def _is_japanese(sample: bytes, charset: str) -> bool:
    """Tell Japanese from Chinese, which has kana at the same places of EUC and no text with a fifth of them."""
    text = sample.decode(charset, "replace")
    foreign = sum(character > "\x7f" for character in text)
    return len(_KANA.findall(text)) * 5 > foreign > text.count("\ufffd") * _TOLERATED


def _is_korean(sample: bytes, charset: str) -> bool:
    """Tell Korean: nearly all its syllables stand in the first half of the rows over which Chinese is spread."""
    text = sample.decode(charset, "replace")
    found = "".join(_HANGUL.findall(text))
    leads = found.encode("euc_kr", "ignore")[::2]
    usual = sum(0xB0 <= lead <= 0xC8 for lead in leads)
    return usual > max(0.9 * len(found), text.count("\ufffd") * _TOLERATED)


def _is_chinese(sample: bytes, charset: str) -> bool:
    """Tell GB from the charsets that share its bytes: common characters (GB 2312, level 1) spread over all its rows.

    Korean in EUC-KR fills only the first half of those rows, Big5 and Shift_JIS fall outside of them.
    """
    leads = _leads(sample, charset, _HAN)
    common = sum(0xB0 <= lead <= 0xD7 for lead in leads)
    upper = sum(0xC9 <= lead <= 0xD7 for lead in leads)
    return common >= 0.8 * len(leads) and upper >= max(0.1 * len(leads), 1)


def reads_chinese(text: str) -> bool:
    """Tell whether what was decoded from GB 18030 is Chinese: three characters, nearly all of them common ones."""
    foreign = [character.encode("gb18030") for character in text if character > "\x7f"]
    usual = sum(0xA1 <= character[0] <= 0xA3 or 0xB0 <= character[0] <= 0xD7 for character in foreign)
    return len(foreign) >= _FEWEST and usual >= 0.9 * len(foreign)


def _is_taiwanese(sample: bytes, charset: str) -> bool:
    """Tell Big5: nearly all its characters are common ones (level 1), which fill less than half of its rows."""
    leads = _leads(sample, charset, _HAN)
    return sum(0xA4 <= lead <= 0xC6 for lead in leads) > 0.9 * len(leads)


def _leads(sample: bytes, charset: str, wanted: re.Pattern[str]) -> bytes:
    """Give the first bytes of the wanted characters, which have two each; none where the charset does not fit."""
    text = sample.decode(charset, "replace")
    leads = "".join(wanted.findall(text)).encode(charset, "ignore")[::2]
    return b"" if text.count("\ufffd") * _TOLERATED > len(leads) else leads


def _cyrillic(sample: bytes) -> str | None:
    """Tell text in Cyrillic by its long runs of letters, and its charset by where most of them, small ones, stand.

    Greek has runs as long, and so has Hebrew, which has no capitals and ends before the last of the small letters.
    """
    foreign = sum(byte > 127 for byte in sample)
    runs = _LETTERS.findall(sample)
    letters = sum(map(len, runs))
    if not runs or letters < max(_LEAST_RUN * len(runs), 0.9 * foreign):
        return None
    if 10 * sum(byte in _GREEK for run in runs for byte in run) > letters:
        return "cp1253"
    hebrew = sum(0xE0 <= byte <= _LAST_HEBREW for run in runs for byte in run)
    if hebrew > _NEARLY_ALL * letters and sum(run.count(_YOD) for run in runs) * 20 > letters:
        return "cp1255"
    upper_half = sum(byte >= 0xE0 for run in runs for byte in run)
    return "cp1251" if 2 * upper_half > letters else "koi8_r"


def _telling_part(sample: bytes) -> bytes:
    """Give the part that tells charsets apart: the bytes beyond ASCII with what stands around them."""
    return b" ".join(_FOREIGN.findall(sample))
