"""Codes of securities, as price lists write them."""

import pytest

from broadsheet.market.codes import one_form


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("600901.SH", "600901.SH"),
        ("600901.ss", "600901.SH"),
        ("sh.600901", "600901.SH"),
        ("sz000901", "000901.SZ"),
        ("000901.XSHE", "000901.SZ"),
        (" 300901 ", "300901.SZ"),
        ("688901", "688901.SH"),
        ("920901", "920901.BJ"),
        ("1810.HK", "1810.HK"),
        ("01810.HK", "1810.HK"),
        ("5.hk", "0005.HK"),
        ("hk00005", "0005.HK"),
        ("ACME", "ACME.US"),
        ("ACME.US", "ACME.US"),
        ("BRK-B", "BRK-B.US"),
        ("brk.b", "BRK.B.US"),
        ("01810", None),
        ("ACME.NOWHERE", None),
        ("", None),
    ],
)
def test_every_form_is_brought_to_one(text: str, code: str | None) -> None:
    assert one_form(text) == code
