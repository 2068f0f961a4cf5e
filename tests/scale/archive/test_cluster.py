"""A cluster asked by a process of its own, which may be given up."""

import os
import socket
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from broadsheet.errors import ConfigError
from broadsheet.scale.archive import cluster
from broadsheet.scale.archive.cluster import ClusterLostError, cores_of, join_cluster, rows_apart, watch_nodes


def ask(how: str) -> Iterator[tuple[str, str]]:
    """Give a row, and then end as a cluster may."""
    yield "first", str(os.getpid())
    match how:
        case "wrong":
            raise ConfigError("--ray-address", "nobody is there")
        case "lost":
            raise RuntimeError("a worker died")
        case "gone":
            os._exit(cluster.GONE)


def test_rows_come_from_another_process_until_there_are_no_more() -> None:
    ((order, process),) = rows_apart(ask, "well")
    assert order == "first"
    assert int(process) != os.getpid()


@pytest.mark.parametrize(
    ("how", "error", "words"),
    [
        ("wrong", ConfigError, "^--ray-address: nobody is there$"),
        ("lost", ClusterLostError, "a worker died"),
        ("gone", ClusterLostError, "a node of the cluster is gone"),
    ],
)
def test_how_it_ended_is_told_after_the_rows(how: str, error: type[Exception], words: str) -> None:
    rows = rows_apart(ask, how)
    assert next(rows)[0] == "first"
    with pytest.raises(error, match=words):
        next(rows)


class Ray:
    """As much of Ray as is asked, with nodes that go away one by one."""

    def __init__(self, *lives: int) -> None:
        self._lives = list(lives)

    def init(self, address: str | None, **_: object) -> None:
        if address == "ray://nowhere":
            raise ConnectionError("no such cluster")

    def nodes(self) -> list[dict[str, Any]]:
        self._lives = [life - 1 for life in self._lives]
        return [
            {"NodeID": str(number), "Alive": life >= 0, "Resources": {"CPU": 2.0}}
            for number, life in enumerate(self._lives)
        ]


def test_cores_are_those_of_nodes_that_are_alive() -> None:
    assert cores_of(Ray(9, 9, 0)) == 4
    assert cores_of(Ray(0)) == 1


def test_a_process_that_joined_a_cluster_ends_when_a_node_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    ends: list[int] = []
    pauses: list[float] = []
    monkeypatch.setattr(os, "_exit", ends.append)
    monkeypatch.setattr(cluster.time, "sleep", pauses.append)  # type: ignore[attr-defined]
    watch_nodes(Ray(9, 3), frozenset({"0", "1"}))
    assert ends == [cluster.GONE]
    assert len(pauses) == 3


def test_a_cluster_is_joined_and_watched(monkeypatch: pytest.MonkeyPatch) -> None:
    watched: list[frozenset[str]] = []
    monkeypatch.setattr(cluster, "watch_nodes", lambda _, known: watched.append(known))
    monkeypatch.setitem(sys.modules, "ray", Ray(9, 9))
    with socket.create_server(("127.0.0.1", 0)) as server:
        join_cluster(f"127.0.0.1:{server.getsockname()[1]}")
    join_cluster(None)
    assert watched == [frozenset({"0", "1"})] * 2


def test_a_cluster_that_cannot_be_reached_or_no_ray_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", Ray(9))
    for address in ("ray://nowhere", "127.0.0.1:1"):
        with pytest.raises(ConfigError, match="cannot be reached"):
            join_cluster(address)
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(ConfigError, match=r"broadsheet\[cluster\]"):
        join_cluster(None)
