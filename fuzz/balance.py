"""Whatever text is given to it, `balance` writes XML in which every tag is matched."""

import sys

import atheris

with atheris.instrument_imports(include=["broadsheet.parse"]):
    from broadsheet.parse.repairs.balance import balance
    from broadsheet.parse.repairs.ladder import parse_strictly
    from broadsheet.parse.repairs.mend import REPAIRS, flatten

NAMESPACES = ("prefix", "amespace", "xmlns")


def check(data: bytes) -> None:
    """Mend, balance, parse strictly; only a namespace may still be wrong."""
    text = data.decode("utf-8", "replace")
    for _, mend in REPAIRS:
        text = mend(text)
    cause = _refusal(flatten(balance(text)))
    assert any(word in cause for word in NAMESPACES), f"{cause}: {text!r}"


def _refusal(written: str) -> str:
    """Say why XML refuses a text; of one that it takes, that even its namespaces are right."""
    try:
        parse_strictly((written or "<empty/>").encode("utf-8", "replace"))
    except SyntaxError as error:
        return str(error)
    return "namespaces and all"


if __name__ == "__main__":
    atheris.Setup(sys.argv, check)
    atheris.Fuzz()
