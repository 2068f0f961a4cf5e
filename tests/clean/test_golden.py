"""Every golden case: a body beside the entry it is cleaned in and what shall come of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from broadsheet.clean import clean_entry, visible_text
from broadsheet.model import ParsedEntry, SafeHtml

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(GOLDEN.glob("*/*.html"))


def _expected(case: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(case.with_suffix(".json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_golden_case(case: Path) -> None:
    expected = _expected(case)
    cleaned = clean_entry(ParsedEntry(content=case.read_text("utf-8"), **expected["entry"]))
    assert cleaned.html == "".join(expected["html"])
    assert cleaned.changes == expected["changes"]
    assert cleaned.text == f"{cleaned.title}\n{visible_text(cleaned.html)}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.stem}")
def test_cleaning_a_golden_case_twice_is_cleaning_it_once(case: Path) -> None:
    entry = {**_expected(case)["entry"], "content_type": "html"}
    html = SafeHtml("".join(_expected(case)["html"]))
    assert clean_entry(ParsedEntry(content=html, **entry)).html == html


def test_there_are_golden_cases() -> None:
    assert len(CASES) > 30
