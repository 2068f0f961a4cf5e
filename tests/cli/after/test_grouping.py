"""Whatever brings posts in brings stories up to date."""

from pathlib import Path

import pytest
from tests.cli.conftest import OPTIONS, Call
from tests.pipeline.outlet import Outlet, rss
from tests.pipeline.stories.test_joining import OTHER, WIRE

from broadsheet.cli.after.grouping import grouped
from broadsheet.pipeline.report import StoriesReport

POST = """---
title: '{title}'
categories:
 - {section}
date: Sun, 22 Nov 2026 0{hour}:00:00 GMT
---

<p>{text}</p>
"""


@pytest.fixture
def followed(paper: Path, call: Call, outlet: Outlet) -> Path:
    """Two feeds with one post of each, which are no story yet."""
    for name, text in (("a", WIRE), ("b", OTHER)):
        call("add", outlet.put(f"/{name}", rss(("大桥合龙", text), title=name)))
    return paper


def forget_the_schedule() -> None:
    from msgspec.structs import replace

    from broadsheet.store import open_store

    with open_store("broadsheet.db") as store:
        for known in store.feeds():
            store.save_feed(replace(known, state=replace(known.state, last_polled=None)))


def test_an_update_says_what_became_of_stories(followed: Path, call: Call, outlet: Outlet) -> None:
    outlet.put("/b", rss(("大桥合龙", WIRE), title="b"))
    forget_the_schedule()
    answer = call("update", "--all")
    assert "1 story new, 0 changed; 1 copy among 1 post" in answer.out.splitlines()
    forget_the_schedule()
    assert call("update", "--all").out.count("\n") == 1
    forget_the_schedule()
    told = call("update", "--all", "--json").json["stories"]
    assert (told["posts"], told["new"]) == (0, 0)


def test_stories_can_be_turned_off(followed: Path, call: Call, outlet: Outlet) -> None:
    (followed / "broadsheet.toml").write_text(OPTIONS + "[stories]\nenabled = false\n", "utf-8")
    outlet.put("/b", rss(("大桥合龙", WIRE), title="b"))
    forget_the_schedule()
    assert call("update", "--all", "--json").json["stories"] is None
    assert call("stories", "--json").json == []


def test_posts_that_are_imported_are_stories_at_once(paper: Path, call: Call) -> None:
    for hour, section in enumerate(("甲报", "乙报"), 1):
        text = POST.format(title="大桥合龙", section=section, hour=hour, text=WIRE)
        (paper / f"{hour}.md").write_text(text, "utf-8")
    answer = call("import", "posts", "1.md", "2.md")
    assert answer.out.splitlines()[-1] == "1 story new, 0 changed; 1 copy among 2 posts"
    assert len(call("stories", "--json").json) == 1


def test_a_round_publishes_stories_and_says_so(followed: Path, call: Call, outlet: Outlet) -> None:
    outlet.put("/b", rss(("大桥合龙", WIRE), title="b"))
    forget_the_schedule()
    from contextlib import closing
    from sqlite3 import connect

    with closing(connect("broadsheet.db")) as store, store:
        store.execute("UPDATE feed SET due = 0")
    answer = call("run", "--once")
    assert "1 story new, 0 changed; 1 copy among 1 post; " in answer.out
    (story,) = call("stories", "--json").json
    assert (followed / "site" / "s" / story["id"] / "index.html").exists()


def test_ended_stories_are_counted_where_there_are_any() -> None:
    assert grouped(StoriesReport(posts=3, copies=2, new=1, changed=1, ended=1)) == (
        "1 story new, 1 changed, 1 ended; 2 copies among 3 posts"
    )
