"""Watches in the live reader."""

from datetime import timedelta

import pytest
from tests.web.conftest import NOW, Client, post

from broadsheet.model import Heard, WatchChange
from broadsheet.store import Store
from broadsheet.web.reader import watching

PAGE = {"accept": "text/html"}
HERE = "/my/watches/"


@pytest.fixture
def quiet(client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The live reader, publishing nothing."""

    async def publish() -> None:
        return None

    monkeypatch.setattr(client.app.state.house.jobs, "publish", publish)
    return client


def test_a_watch_is_set_shown_and_taken_back(quiet: Client, store: Store) -> None:
    assert "还没有监看" in quiet.get(HERE, headers=PAGE).text
    hook = {"webhook": "https://me:pass@hook.example/x", "secret": "s3cret"}
    answer = post(quiet, "/my/watches/add", words="小米  北汽蓝谷", **{"on-denied": "1"}, **hook)
    (watch,) = store.watches.all()
    assert answer.headers["location"] == f"{HERE}#w{watch.id}"
    assert (watch.words, watch.statuses, watch.since) == ("小米 北汽蓝谷", ("denied",), NOW)
    assert (watch.webhook, watch.secret) == (hook["webhook"], "s3cret")
    page = quiet.get(HERE, headers=PAGE).text
    for said in ("小米集团 + 北汽蓝谷", "https://hook.example/x", "已签名", "下一版发布后"):
        assert said in page
    assert "s3cret" not in page
    assert post(quiet, f"/my/watches/{watch.id}").headers["location"] == HERE
    assert store.watches.all() == []
    assert post(quiet, f"/my/watches/{watch.id}").status_code == 404


def test_what_a_watch_heard_is_shown_with_its_feed(
    quiet: Client, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(quiet, "/my/watches/add", words="小米", secret="unused")
    (watch,) = store.watches.all()
    assert watch.secret is None
    changes = tuple(
        WatchChange(
            watch_id=watch.id,
            at=NOW + timedelta(hours=number),
            text=f"变化 {number}",
            entry_id="e",
            status="denied",
            post_id="p1",
            story_id="s1" if number else None,
        )
        for number in range(12)
    )
    heard = Heard(watch_id=watch.id, words=watch.words, since=NOW, changes=changes)
    monkeypatch.setattr(watching, "heard_of", lambda *_: (heard,))
    site = quiet.app.state.house.config.site_folder
    site.unlink()  # it leads to a site that other tests share
    folder = site / "w" / watch.id
    folder.mkdir(parents=True)
    (folder / "feed.xml").write_text("<feed/>", "utf-8")
    page = quiet.get(HERE, headers=PAGE).text
    assert 'href="../../p/p1/">变化 0' in page
    assert 'href="../../s/s1/">变化 9' in page
    assert "变化 10" not in page
    assert f'href="../../w/{watch.id}/feed.xml"' in page


@pytest.mark.parametrize(
    ("fields", "status"), [({"words": " "}, 400), ({"words": "小米", "webhook": "ftp://x.example/"}, 422)]
)
def test_a_watch_that_cannot_be_is_refused(quiet: Client, store: Store, fields: dict[str, str], status: int) -> None:
    assert post(quiet, "/my/watches/add", **fields).status_code == status
    assert store.watches.all() == []
