"""The PyPI cleaners on the same files, run with the Python of the peers' environment.

cleaner_peers.py FOLDER: cleans every file of the folder with each cleaner, and prints what each took as JSON.
"""

import json
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

Clean = Callable[[str], object]
Taken = dict[str, list[float | None]]
"""CPU seconds of every file, by its kind, in the order of names; None where the patience ended."""

PATIENCE_S = 20
TAGS = {"a", "p", "br", "b", "i", "em", "strong", "ul", "ol", "li", "blockquote", "img", "h2", "h3", "pre", "code"}
TAGS |= {"table", "tr", "td", "th"}
ATTRIBUTES = {"a": ["href"], "img": ["src", "alt", "width", "height"]}


def timed(clean: Clean, folder: Path) -> Taken:
    """Clean every file; the first of each kind is cleaned once before its time begins, unless it is hostile."""
    taken: Taken = {}
    for kind in ("fragment", "post", "hostile"):
        texts = [path.read_text("utf-8") for path in sorted(folder.glob(f"{kind}-*"))]
        if kind != "hostile":
            clean(texts[0])
        taken[kind] = [_seconds(clean, text) for text in texts]
    return taken


def _seconds(clean: Clean, text: str) -> float | None:
    signal.signal(signal.SIGALRM, _end)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE_S)
    start = process_time()
    try:
        clean(text)
    except Exception:  # too deep for it, or too long
        return None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return process_time() - start


def _end(*_: object) -> None:
    raise TimeoutError


def _cleaners() -> dict[str, Clean]:
    import bleach
    from lxml_html_clean import Cleaner

    lenient = bleach.Cleaner(tags=TAGS, attributes=ATTRIBUTES, strip=True)
    strict = Cleaner(allow_tags=TAGS, safe_attrs=["href", "src", "alt", "width", "height"], remove_unknown_tags=False)
    return {"bleach 6.4.0": lenient.clean, "lxml_html_clean 0.4.6": strict.clean_html}


if __name__ == "__main__":
    print(json.dumps({name: timed(clean, Path(sys.argv[1])) for name, clean in _cleaners().items()}))
