"""Formulas: MathML and scripts that write it are kept out of pages, what they say is not."""

import re
from collections import Counter

from broadsheet.clean.dom import Element, make, remove, text_of

_TEX = re.compile(r"\b(?:la)?tex\b", re.IGNORECASE)


def write_formulas(root: Element, changes: Counter[str]) -> None:
    """Put a formula's TeX, where it carries one, or else its text, as code in its place; it is there once."""
    for script in list(root.iter("script")):
        if script.get("type", "").lower().startswith("math/tex"):
            _write_script(script, changes)
    for formula in list(root.iter("math")):
        if formula.getparent() is None or next(formula.iterancestors("math", "svg"), None) is not None:
            continue
        _remove_drawing(formula)
        code = make("code", _source(formula))
        formula.addprevious(code)
        remove(formula)
        changes["formula-to-code"] += 1


def _write_script(script: Element, changes: Counter[str]) -> None:
    """Make code of TeX that a script of the page would have drawn, in place of what shows until then."""
    preview = script.getprevious()
    if preview is not None and "Preview" in preview.get("class", ""):
        remove(preview)
    script.tag = "code"
    script.attrib.clear()
    script.text = " ".join((script.text or "").split())
    changes["formula-to-code"] += 1


def _remove_drawing(formula: Element) -> None:
    """Remove what stands behind a formula to show it once more, to eyes only."""
    part: Element | None = formula
    while part is not None and part.tag in ("math", "span") and not (part.tail or "").strip():
        behind = part.getnext()
        if behind is not None:
            if behind.get("aria-hidden") == "true":
                remove(behind)
            return
        part = part.getparent()


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
