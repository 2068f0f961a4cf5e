"""Invented firms of Hong Kong and New York: they fill a company book to the size for which speed is promised."""

from collections.abc import Iterator
from itertools import product

from broadsheet.annotate.companies.codes import mic_of
from broadsheet.model import Company, CompanyName, Security

FIRST, SECOND = "鸿瑞恒泰嘉颐昊盈骏晟祥澜皓璟沛", "图翎峻榕曜棠岚弈琛汐钰桓"
TRADES = "控股 国际 地产 生物 医疗 环球 资源 教育 物业 金融 能源 娱乐"
HEADS = "Alder Brant Corvo Delph Ember Fenwy Glade Harro Istra Juno Kestr Lumen Marlo Nimba Orren Pallas Quill"
TAILS = "ex iva on dale mark core field ton gen line"
FORMS = "Holdings Therapeutics Systems Energy Bancorp Networks Foods Materials Robotics Pharma Capital"


def hong_kong() -> Iterator[Company]:
    """Name firms by two syllables and a trade, under codes of four digits."""
    for number, name in enumerate(map("".join, product(FIRST, SECOND, TRADES.split()))):
        yield _firm(f"{2000 + number:04d}.HK", name, "zh-Hans")


def new_york() -> Iterator[Company]:
    """Name firms in the Latin script, under codes of five letters that no market has."""
    for number, (head, tail, form) in enumerate(product(HEADS.split(), TAILS.split(), FORMS.split())):
        letters = (chr(ord("A") + number // 26**place % 26) for place in (2, 1, 0))
        yield _firm(f"ZZ{''.join(letters)}.US", f"{head}{tail} {form}", "en")


def _firm(code: str, name: str, language: str) -> Company:
    identity = code.lower().replace(".", "-")
    return Company(
        id=identity,
        names=(CompanyName(text=name, language=language),),
        securities=(Security(code=code, mic=mic_of(code)),),
    )
