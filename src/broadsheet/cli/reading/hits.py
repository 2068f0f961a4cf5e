"""What a search found, as a person reads it: title, where it is from, and the line around the first hit."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from broadsheet.cli.printing import moment

if TYPE_CHECKING:
    from rich.text import Text

    from broadsheet.store import Hit


def print_hits(hits: Iterable["Hit"], labels: Mapping[str, str], zone: tzinfo) -> None:
    """Print hits, what was found in bold; in a pipe no line is broken.

    `labels` are those of the feeds; moments are in the `zone` by which the days of a question begin.
    """
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False)
    for hit in hits:
        source = Text(f"{moment(hit.published, zone)} · {labels[hit.feed_id]} · {hit.id}", style="dim")
        lines = [_marked(hit.title, hit.title_spans), source, _marked(hit.snippet, hit.snippet_spans), Text()]
        for line in lines if hit.snippet else (*lines[:2], lines[3]):
            console.print(line, soft_wrap=True)


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> "Text":
    from rich.text import Text

    marked = Text(text)
    for start, end in spans:
        marked.stylize("bold", start, end)
    return marked
