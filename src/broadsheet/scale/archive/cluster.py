"""A cluster of Ray, asked by a process of its own: where a node is gone the engine waits for ever."""

import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any, Final

from broadsheet.errors import ConfigError

Rows = Iterator[tuple[str, str]]
Ask = Callable[..., Rows]
"""Asks a cluster for rows; it is found by its name in the other process, and so are its arguments."""

PAUSE_S: Final = 2
PATIENCE_S: Final = 10
GONE: Final = 75


class ClusterLostError(Exception):
    """A node is gone, or the engine lost a worker; rows that were given are right."""


def rows_apart(ask: Ask, *arguments: object) -> Rows:
    """Give the rows that a function gives in a process of its own, which ends with the last of them or with us.

    Raises:
        ConfigError: the function raised it.
        ClusterLostError: the process ended before the function did, or the function failed otherwise.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, ask, arguments))
    process.start()
    theirs.close()
    try:
        while (message := _next(ours)) is not None:
            yield message
    finally:
        process.kill()
        process.join()
        ours.close()


def _next(connection: Connection) -> tuple[str, str] | None:
    try:
        kind, *told = connection.recv()
    except EOFError as error:
        raise ClusterLostError("a node of the cluster is gone, or the process that asked it") from error
    if kind == "wrong":
        raise ConfigError(*told)
    if kind == "lost":
        raise ClusterLostError(*told)
    return None if kind == "end" else (told[0], told[1])


def _answer(connection: Connection, ask: Ask, arguments: Sequence[object]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        for order, result in ask(*arguments):
            connection.send(("row", order, result))
        connection.send(("end",))
    except ConfigError as error:
        connection.send(("wrong", error.key, str(error).removeprefix(f"{error.key}: ")))
    except Exception as error:  # whatever it was, it cannot be pickled for sure
        connection.send(("lost", str(error)))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def join_cluster(address: str | None) -> Any:
    """Join a cluster from this process, which ends as soon as one of the cluster's nodes is gone; gives Ray.

    Without an address it is the cluster that this machine belongs to, else one of its own.

    Raises:
        ConfigError: Ray is not installed, or the cluster cannot be reached.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
    except ImportError as error:
        cause = "needs Ray, which is not installed: pip install 'broadsheet[cluster]'"
        raise ConfigError("--runner ray", cause) from error
    try:
        _require_open(address)
        ray.init(address=address, log_to_driver=False)
    except (ConnectionError, OSError, ValueError) as error:
        raise ConfigError("--ray-address", f"the cluster cannot be reached: {error}") from error
    threading.Thread(target=watch_nodes, args=(ray, _alive(ray)), daemon=True).start()
    return ray


def _require_open(address: str | None) -> None:
    """Ask whether anybody listens where a cluster shall be: Ray itself would ask for minutes."""
    host, _, port = (address or "").rpartition(":")
    if host and port.isdecimal() and "/" not in host:
        socket.create_connection((host.strip("[]"), int(port)), PATIENCE_S).close()


def cores_of(ray: Any) -> int:
    """Count the cores of the nodes that are alive."""
    return max(1, int(sum(node["Resources"].get("CPU", 0) for node in ray.nodes() if node["Alive"])))


def watch_nodes(ray: Any, known: frozenset[str]) -> None:
    """End this process when one of the known nodes is not alive any more."""
    while known <= _alive(ray):
        time.sleep(PAUSE_S)
    os._exit(GONE)


def _alive(ray: Any) -> frozenset[str]:
    return frozenset(node["NodeID"] for node in ray.nodes() if node["Alive"])
