"""Any bytes under any charset become text; where UTF-8 is claimed and true, it is what is read."""

import sys

import atheris

with atheris.instrument_imports(include=["broadsheet.parse.charsets.decode"]):
    from broadsheet.parse.charsets.decode import decode

CHARSETS = (None, "utf-8", "gbk", "big5", "utf-16", "iso-2022-jp", "hz", "windows-1252", "koi8-r", "utf-7", "rot13")


def check(data: bytes) -> None:
    """Hold the promises of `decode`; the first byte chooses the charset that HTTP claims."""
    claimed = CHARSETS[data[0] % len(CHARSETS)] if data else None
    body = data[1:]
    decoded = decode(body, f"application/xml; charset={claimed}" if claimed else None)
    decoded.text.encode("utf-8", "strict" if decoded.charset == "utf-8" else "surrogatepass")
    if claimed == "utf-8" and body[:1] == b"<" and b"\x00" not in body[:8] and _is_utf8(body):
        assert decoded.text == body.decode(), "UTF-8 was read as something else"


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
