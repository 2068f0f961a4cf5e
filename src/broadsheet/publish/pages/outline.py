"""Headings inside of an article, one step under the page's own, and none of them skipping a step."""

import re

from broadsheet.model import SafeHtml

_HEADING = re.compile(r"<(/?)h([1-6])(?=[ >])")
_PAGE = 1


def outlined(html: SafeHtml) -> SafeHtml:
    """Begin an article's headings at `h2` and leave no step out; which is under which stays as it was.

    Writers choose a heading by its size; whoever listens to a page goes by its steps (WCAG 2.2, technique G141).
    """
    over: list[tuple[int, int]] = []  # (step as it was, step as it is) of the headings that the next stands under

    def stepped(found: re.Match[str]) -> str:
        if found[1]:
            return f"</h{over[-1][1] if over else found[2]}"
        was = int(found[2])
        while over and over[-1][0] >= was:
            over.pop()
        over.append((was, (over[-1][1] if over else _PAGE) + 1))
        return f"<h{over[-1][1]}"

    return SafeHtml(_HEADING.sub(stepped, html))
