"""A running paper on loopback: it subscribes at a hub, is told, and polls at once; the hub lies, and it polls."""

import hashlib
import hmac
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode
from urllib.request import Request, urlopen

import pytest
from tests.pipeline.outlet import Clock, Outlet, follow_all, rss

from broadsheet.errors import ConfigError
from broadsheet.model import Limits
from broadsheet.pipeline.means import Means
from broadsheet.pipeline.push.hubs import Hubs, listening
from broadsheet.store import Store

LEASE_S = 10 * 86_400


def ask(url: str, **query: str) -> tuple[int, str]:
    """Ask a callback as a hub does; its status and its words."""
    try:
        with urlopen(f"{url}?{urlencode({f'hub.{name}': value for name, value in query.items()})}") as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, ""


def tell(url: str, secret: str, body: bytes) -> int:
    signature = "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    with urlopen(Request(url, body, {"X-Hub-Signature": signature}, method="POST")) as answer:
        return int(answer.status)


def with_hub(document: str, hub: str) -> str:
    link = f'<link xmlns="http://www.w3.org/2005/Atom" rel="hub" href="{hub}"/>'
    return document.replace("<channel>", f"<channel>{link}", 1)


def test_news_that_a_hub_tells_of_is_polled_at_once(
    store: Store, means: Means, outlet: Outlet, clock: Clock, tmp_path: Path, free_port: int
) -> None:
    hub = outlet.address + "/hub"
    address = outlet.put("/a", with_hub(rss(("甲", "一")), hub))
    follow_all(store, address)
    public = f"http://127.0.0.1:{free_port}/"
    with listening(str(tmp_path / "paper.db"), means, public, f"127.0.0.1:{free_port}") as hubs:
        assert hubs.update(store, means).new == 1
        form = {name: values[0] for name, values in parse_qs(outlet.posted[-1].decode()).items()}
        assert form["hub.topic"] == address
        callback = form["hub.callback"]
        answered = ask(callback, mode="subscribe", topic=address, challenge="c", lease_seconds=str(LEASE_S))
        assert answered == (200, "c")
        clock.forward(hours=2)
        hubs.update(store, means)
        due = store.feeds()[0].state.next_due
        assert due is not None
        assert (due - clock()).total_seconds() == 86_400

        outlet.put("/a", with_hub(rss(("甲", "一"), ("乙", "二")), hub))
        clock.forward(hours=1)
        assert tell(callback, form["hub.secret"], b"changed") == 202
        assert waited(hubs) < 5
        assert hubs.update(store, means).new == 1
        assert store.feeds()[0].state.unheard_at is None

        outlet.put("/a", with_hub(rss(("甲", "一"), ("乙", "二"), ("丙", "三")), hub))
        clock.forward(days=2)
        assert hubs.update(store, means).new == 1
        state = store.feeds()[0].state
        assert state.unheard_at == clock()
        assert state.next_due is not None
        assert (state.next_due - clock()).total_seconds() < 86_400


def waited(hubs: Hubs) -> float:
    start = time.monotonic()
    hubs.wait(30)
    return time.monotonic() - start


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:8080/", "http://localhost/", "https://192.168.1.2/", "https://[fd00::1]/", "http://paper/"],
)
def test_an_address_that_no_hub_can_reach_is_refused(
    store: Store, means: Means, tmp_path: Path, address: str
) -> None:
    strict = Means(limits=Limits(), policy=means.policy, pace=means.pace, clock=means.clock)
    with (
        pytest.raises(ConfigError, match=r"set paper\.address"),
        listening(str(tmp_path / "paper.db"), strict, address, "127.0.0.1:0"),
    ):
        pass


def test_a_public_address_is_taken(store: Store, means: Means, tmp_path: Path) -> None:
    with listening(str(tmp_path / "paper.db"), means, "https://paper.example/", "127.0.0.1:0") as hubs:
        assert hubs.update(store, means).polled == 0
