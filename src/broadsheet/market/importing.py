"""Price lists in: CSV of Tushare, yfinance, akshare (East Money), Stooq and plain ones, and the same as Parquet.

Tushare daily: https://tushare.pro/document/2?doc_id=27 - yfinance: https://ranaroussi.github.io/yfinance - akshare:
https://akshare.akfamily.xyz/data/stock/stock.html - Stooq: https://stooq.com/db/
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec import Struct

from broadsheet.errors import ConfigError
from broadsheet.market.records import Defaults, Reader
from broadsheet.model import Bar

_LEAD: Final = 5
"""How many lines may stand above the headings."""

_PARQUET: Final = b"PAR1"
Record = Mapping[str, object]


class ReadBars(Struct, frozen=True, kw_only=True):
    """The bars of a list; the lines that were passed over, and those to be doubted, each with its number and why."""

    bars: tuple[Bar, ...]
    refused: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


def read_bars(
    body: bytes, name: str, *, security: str | None = None, adjusted: bool = False, source: str | None = None
) -> ReadBars:
    """Read a list of daily bars; which form it has is told by what it holds.

    `security` is whose they are where no column says so, `source` who gave them. `adjusted` marks prices that were
    divided by later dividends and splits, where the form does not tell it.

    Raises:
        ConfigError: it is none of the forms, or not one line of it is a bar; `name` names it.
    """
    defaults = Defaults(name=name, security=security, adjusted=adjusted, source=source)
    records = _from_parquet(body, name) if body.startswith(_PARQUET) else _from_csv(_decode(body), name)
    return read_records(records, defaults)


def read_records(records: Iterable[tuple[int, Record]], defaults: Defaults) -> ReadBars:
    """Read numbered records, as rows of a file or of a library's answer.

    Raises:
        ConfigError: not one of them is a bar.
    """
    reader = Reader(defaults)
    for number, record in records:
        reader.read(number, record)
    if not reader.bars:
        why = f" ({reader.refused[0]})" if reader.refused else ""
        raise ConfigError(defaults.name, f"holds no daily bar{why}")
    return ReadBars(bars=tuple(reader.bars.values()), refused=tuple(reader.refused), doubtful=tuple(reader.doubtful))


def _decode(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("gb18030", "replace")


def _from_csv(text: str, name: str) -> Iterator[tuple[int, Record]]:
    lines = text.splitlines()
    delimiter = max(",\t;", key="\n".join(lines[:_LEAD]).count)
    try:
        table = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error as error:
        raise ConfigError(name, f"is not CSV: {error}") from error
    for number, cells in enumerate(table[:_LEAD]):
        headings = [heading_of(cell) for cell in cells]
        if "close" in headings and headings[0] == "price":
            yield from _from_two_headings(headings, table, number)
            return
        if {"close", "<close>", "收盘", "收盘价"} & set(headings):
            yield from (
                (line, _record(headings, row)) for line, row in enumerate(table[number + 1 :], number + 2) if row
            )
            return
    raise ConfigError(name, "has no line of headings with a day and a close, as in security,day,open,high,low,close")


def _from_two_headings(headings: list[str], table: list[list[str]], number: int) -> Iterator[tuple[int, Record]]:
    """Read what yfinance's download writes: a second line of headings with the ticker, and `Date` alone in a third.

    Its prices are adjusted unless there is a column of adjusted ones beside them.
    """
    ticker = next((cells[1] for cells in table[number + 1 : number + 3] if heading_of(cells[0]) == "ticker"), "")
    kind = {} if "adjclose" in headings else {"adjusted": "yes"}
    for line, row in enumerate(table[number + 1 :], number + 2):
        if row and row[0][:1].isdigit():
            yield line, {"source": "yfinance", "ticker": ticker, **kind, **_record(["date", *headings[1:]], row)}


def _record(headings: list[str], row: list[str]) -> Record:
    return dict(zip(headings, row, strict=False))


def heading_of(cell: object) -> str:
    """Write a heading in small letters and without blanks."""
    return "".join(str(cell).split()).lower()


def _from_parquet(body: bytes, name: str) -> Iterator[tuple[int, Record]]:
    try:
        from io import BytesIO

        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise ConfigError(name, "is Parquet: install broadsheet[parquet] to read it, or bring it as CSV") from error
    try:
        rows: list[dict[str, Any]] = parquet.read_table(BytesIO(body)).to_pylist()
    except (pyarrow.ArrowException, OSError) as error:
        raise ConfigError(name, f"cannot be read as Parquet: {error}") from error
    yield from enumerate(({heading_of(key): value for key, value in row.items()} for row in rows), 1)
