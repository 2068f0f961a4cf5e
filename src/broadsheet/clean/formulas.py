"""Formulas: MathML is kept out of pages, what it says is not."""

import re
from collections import Counter

from broadsheet.clean.dom import Element, make, remove, text_of

_TEX = re.compile(r"\b(?:la)?tex\b", re.IGNORECASE)


def write_formulas(root: Element, changes: Counter[str]) -> None:
    """Put a formula's TeX, where it carries one, or else its text, as code in its place."""
    for formula in list(root.iter("math")):
        if formula.getparent() is None or next(formula.iterancestors("math", "svg"), None) is not None:
            continue
        code = make("code", _source(formula))
        formula.addprevious(code)
        remove(formula)
        changes["formula-to-code"] += 1


def _source(formula: Element) -> str:
    for annotation in formula.iter("annotation"):
        if _TEX.search(annotation.get("encoding", "")):
            return " ".join(text_of(annotation).split())
    written = formula.get("alttext")
    if written:
        return " ".join(written.split())
    for annotation in list(formula.iter("annotation", "annotation-xml", "script", "style")):
        remove(annotation)
    return " ".join(text_of(formula).split())
