"""The site on the disk: what is written, what is shared, and that readers see all of a build or nothing."""

from pathlib import Path

from broadsheet.model import Page
from broadsheet.publish import write_site


def pages(**texts: str) -> list[Page]:
    return [
        Page(path=name.replace("__", "/") + ".html", digest=text, render=lambda text=text: text.encode())  # type: ignore[misc]
        for name, text in texts.items()
    ]


def shown(folder: Path) -> dict[str, str]:
    tree = folder.resolve()
    return {file.relative_to(tree).as_posix(): file.read_text() for file in tree.rglob("*") if file.is_file()}


def test_writes_what_is_new_and_removes_what_is_gone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    first = write_site(pages(a="1", p__b="2", q__c="3"), site)
    assert (first.written, first.unchanged, first.removed) == (3, 0, 0)
    second = write_site(pages(a="1", p__b="4", d="5"), site)
    assert (second.written, second.unchanged, second.removed) == (2, 1, 1)
    assert shown(site) == {"a.html": "1", "p/b.html": "4", "d.html": "5"}
