"""Codes of securities in the forms that lists and texts write."""

import pytest

from broadsheet.annotate.companies.codes import mic_of, write_code


@pytest.mark.parametrize(
    ("text", "exchange", "code"),
    [
        ("600733.SH", None, "600733.SH"),
        ("600733.SS", None, "600733.SH"),
        ("sh600733", None, "600733.SH"),
        ("600733", None, "600733.SH"),
        ("002594", None, "002594.SZ"),
        ("300750", None, "300750.SZ"),
        ("688981", None, "688981.SH"),
        ("920002", None, "920002.BJ"),
        ("01810.HK", None, "1810.HK"),
        ("5", "hk", "0005.HK"),
        ("AAPL", "Nasdaq", "AAPL.US"),
        ("BRK.B", "nyse", "BRK.B.US"),
        ("AAPL", None, None),
        ("", "nyse", None),
        ("123456", None, None),
        ("X.ZZ", None, None),
    ],
)
def test_a_code_has_one_form(text: str, exchange: str | None, code: str | None) -> None:
    assert write_code(text, exchange) == code


@pytest.mark.parametrize(("code", "mic"), [("600733.SH", "XSHG"), ("1810.HK", "XHKG"), ("AAPL.US", ""), ("X", "")])
def test_the_exchange_of_a_code_is_told_where_it_is_one(code: str, mic: str) -> None:
    assert mic_of(code) == mic
