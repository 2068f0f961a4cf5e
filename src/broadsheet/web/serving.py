"""Listening: one process that answers, which granian starts and keeps."""

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Final

from granian import Granian
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from litestar.types import ASGIApp

from broadsheet.config import Config, load
from broadsheet.errors import ConfigError
from broadsheet.store import open_store
from broadsheet.web.app import create_app
from broadsheet.web.heads import with_heads
from broadsheet.web.house.house import is_loopback

FOLDER_VARIABLE: Final = "BROADSHEET_PAPER_FOLDER"
HOST_VARIABLE: Final = "BROADSHEET_SERVED_AT"

GRACE_S: Final = 2
"""Seconds that answers have to end in when the server ends; news never end by themselves."""


def serve(config: Config, host: str, port: int, tell: Callable[[], None] = lambda: None) -> None:
    """Serve a paper until the process is told to end; `tell` is called when nothing is in the way of it.

    Raises:
        ConfigError: others than this machine could reach it and nothing would ask them who they are, or the port is
            taken.
    """
    require_key(config, host)
    _require_free(host, port)
    tell()
    os.environ[FOLDER_VARIABLE] = str(config.folder.absolute())
    os.environ[HOST_VARIABLE] = host
    Granian(
        "broadsheet.web.serving:app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=1,
        workers_kill_timeout=GRACE_S,
        http1_settings=HTTP1Settings(header_read_timeout=10_000, keep_alive=True),
        log_access=False,
        log_enabled=False,
    ).serve()


def app() -> ASGIApp:
    """Make the application in the process that answers."""
    return with_heads(create_app(load(Path(os.environ[FOLDER_VARIABLE]), os.environ), os.environ[HOST_VARIABLE]))


def _require_free(host: str, port: int) -> None:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        refused = str(error.strerror).partition(" (while")[0]
        cause = f"cannot listen on {host}: {refused}; choose another with --port"
        raise ConfigError(f"port {port}", cause) from error


def require_key(config: Config, host: str) -> None:
    """Refuse to listen where others reach the paper, as long as nothing would ask them who they are.

    Raises:
        ConfigError: there is neither a password nor a trusted proxy.
    """
    if is_loopback(host) or (config.web.user_header and config.web.proxies):
        return
    with open_store(config.store_url) as store:
        if store.doors.password() is None:
            raise ConfigError(
                host,
                "others can reach this address: `broadsheet password set` comes first, or listen on 127.0.0.1",
            )
