"""Lists of securities in: Tushare's stock_basic, HKEX's List of Securities, the SEC's company tickers, any plain CSV.

Tushare: https://tushare.pro/document/2?doc_id=25 - HKEX: ListOfSecurities.xlsx, saved as CSV - SEC:
https://www.sec.gov/files/company_tickers.json, and company_tickers_exchange.json beside it.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from broadsheet.annotate.companies.codes import id_of, mic_of, write_code
from broadsheet.annotate.companies.handwritten import read_handwritten
from broadsheet.annotate.companies.naming import common_names, plain_name, spoken_names
from broadsheet.annotate.tables import rows
from broadsheet.errors import ConfigError
from broadsheet.model import Company, CompanyList, CompanyName, Security

_COLUMNS = {row[0]: row[1].split() for row in rows("lists")}
_LEAD = 10
"""How many lines may stand above the headings."""

_SHARES = frozenset({"", "equity", "股本", "real estate investment trusts"})
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")
_HANDWRITTEN = re.compile(r"^\s*\[\[\s*(?:company|tie)\s*\]\]", re.MULTILINE)
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SHORT = 2

Fields = Mapping[str, str]


def read_companies(body: bytes, name: str) -> CompanyList:
    """Read a list of companies; which form it has is told by what it holds.

    Raises:
        ConfigError: it is none of the forms; `name` names it.
    """
    if not body.strip():
        raise ConfigError(name, "is empty")
    if body.startswith(_SPREADSHEETS):
        raise ConfigError(name, "is a spreadsheet: open it, save it as CSV, and give that")
    text = _decode(body)
    if _HANDWRITTEN.search(text):
        return read_handwritten(text, name)
    listed = _from_json(text, name) if text.lstrip().startswith(("{", "[")) else _from_csv(text, name)
    companies, doubted = dict[str, Company](), list[str]()
    for fields in listed:
        company = _company(fields)
        doubted += (f"{fields['row']}: {doubt}" for doubt in _doubts(fields, company, companies))
        if company is not None:
            companies[company.id] = company
    if not companies:
        raise ConfigError(name, "holds no company with a code and a name")
    return CompanyList(companies=tuple(companies.values()), doubted=tuple(doubted))


def _doubts(fields: Fields, company: Company | None, known: Mapping[str, Company]) -> Iterator[str]:
    """Say why a row gives no company, or another than a row before; one without code and name says nothing."""
    code, name = fields.get("code", ""), fields.get("name", "")
    if company is None:
        if _is_share(fields) and (code or name):
            yield (
                f"{code} is on no exchange that is known"
                if code and name
                else f"{code or name} lacks a name or a code"
            )
    elif company.id in known and known[company.id].names[0].text != company.names[0].text:
        yield f"{code} is called {known[company.id].names[0].text} before, and {name} here, which counts"


def _decode(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def _from_json(text: str, name: str) -> Iterator[Fields]:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise ConfigError(name, f"is not JSON: {error}") from error
    if isinstance(document, dict) and isinstance(document.get("fields"), list):
        headings = [str(field) for field in document["fields"]]
        records: Any = [dict(zip(headings, row, strict=False)) for row in document.get("data", ())]
    else:
        records = document.values() if isinstance(document, dict) else document
    for number, record in enumerate(records, 1):
        if isinstance(record, dict):
            fields = _picked({str(key).lower(): str(value or "") for key, value in record.items()})
            fields["row"] = f"record {number}"
            yield {**fields, "exchange": fields.get("exchange") or "us"}


def _from_csv(text: str, name: str) -> Iterator[Fields]:
    lines = text.splitlines()
    delimiter = max(",\t;", key="\n".join(lines[:_LEAD]).count)
    table = list(csv.reader(lines, delimiter=delimiter))
    for number, cells in enumerate(table[:_LEAD]):
        headings = [_heading(cell) for cell in cells]
        if {"code", "name"} <= _picked(dict.fromkeys(headings, "x")).keys():
            hong_kong = any("securities" in heading or "股份" in heading for heading in headings)
            for line, row in enumerate(table[number + 1 :], number + 2):
                fields = _picked(dict(zip(headings, row, strict=False))) | {"row": f"line {line}"}
                yield {"exchange": "hk", **fields} if hong_kong else fields
            return
    raise ConfigError(name, "has no line of headings with a code and a name, as in code,name")


def _heading(cell: str) -> str:
    return "".join(cell.split()).lower()


def _picked(record: Mapping[str, str]) -> dict[str, str]:
    """Give the columns one name each."""
    found = {}
    for field, headings in _COLUMNS.items():
        heading = next((heading for heading in headings if heading in record), None)
        if heading is not None:
            found[field] = record[heading].strip()
    return found


def _is_share(fields: Fields) -> bool:
    return fields.get("kind", "").lower() in _SHARES


def _company(fields: Fields) -> Company | None:
    code = write_code(fields.get("code", ""), fields.get("exchange"))
    name = fields.get("name", "")
    if code is None or not name or not _is_share(fields):
        return None
    security = Security(
        code=code,
        mic=mic_of(code),
        name=name,
        listed=_day(fields.get("listed")),
        delisted=_day(fields.get("delisted")),
    )
    return Company(id=id_of(code), names=tuple(_names(fields)), securities=(security,))


def _names(fields: Fields) -> Iterator[CompanyName]:
    common = common_names()
    for text in spoken_names(fields["name"])[::-1] if fields["name"].isascii() else (fields["name"],):
        plain = plain_name(text)
        language = "en" if text.isascii() else "zh-Hans"
        yield CompanyName(text=text, language=language, common_word=plain in common or len(plain) <= _SHORT)
    if fields.get("legal"):
        yield CompanyName(text=fields["legal"], kind="legal")
    for text in _split(fields.get("english")):
        yield CompanyName(text=text, language="en")
    for text in _split(fields.get("former")):
        yield CompanyName(text=text, kind="former", common_word=plain_name(text) in common)


def _split(cell: str | None) -> Sequence[str]:
    return [part.strip() for part in re.split(r"[;；|]", cell or "") if part.strip()]


def _day(text: str | None) -> date | None:
    found = _DAY.match(text or "")
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
