"""A PostgreSQL of the benchmark's own, in a temporary folder, so that the machine's is left alone."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.cost import BenchError

OWNER = "postgres"
SETTINGS = (
    "listen_addresses = '127.0.0.1'",
    "max_connections = 200",
    "shared_buffers = '256MB'",
    "unix_socket_directories = ''",
    "logging_collector = off",
)
PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")


class Postgres:
    """A running server; addresses of its databases are made by `url`."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self._port = port

    def url(self, database: str) -> str:
        return f"postgresql://{OWNER}@127.0.0.1:{self._port}/{database}"

    def make(self, database: str, template: str = "template1") -> str:
        """Make a database, as a copy of another; its address."""
        self._sql(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def drop(self, database: str) -> None:
        self._sql(f'DROP DATABASE "{database}" WITH (FORCE)')

    def restart(self) -> None:
        """Stop at once, and start again; what is to be written is written before, so that stopping takes no time."""
        self._sql("CHECKPOINT")
        _run([_program("pg_ctl"), "restart", "-D", str(self._folder), "-m", "fast", "-w", "-l", self._log])

    def start(self) -> None:
        (self._folder / "postgresql.auto.conf").write_text("\n".join([*SETTINGS, f"port = {self._port}", ""]))
        _run([_program("pg_ctl"), "start", "-D", str(self._folder), "-w", "-l", self._log])

    def stop(self) -> None:
        _run([_program("pg_ctl"), "stop", "-D", str(self._folder), "-m", "immediate"])

    @property
    def _log(self) -> str:
        return str(self._folder / "log")

    def _sql(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


@contextmanager
def own_postgres() -> Iterator[Postgres]:
    """Run a server of one's own until the block ends.

    Raises:
        BenchError: PostgreSQL's programs are not installed, or do not start.
    """
    with TemporaryDirectory(prefix="broadsheet-bench-") as work:
        folder = Path(work) / "data"
        Path(work).chmod(0o755)
        folder.mkdir()
        if os.geteuid() == 0:
            shutil.chown(folder, OWNER)
        _run([_program("initdb"), "-D", str(folder), "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync"])
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = int(probe.getsockname()[1])
        server = Postgres(folder, port)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def _program(name: str) -> str:
    found = shutil.which(name)
    for place in PLACES:
        for folder in sorted(Path("/").glob(place.lstrip("/")), reverse=True):
            found = found or shutil.which(name, path=str(folder))
    if found is None:
        message = f"{name} is not installed: apt-get install postgresql"
        raise BenchError(message)
    return found


def _run(command: Sequence[str]) -> None:
    """Run a program of PostgreSQL, which refuses to run as root."""
    drop = ["setpriv", f"--reuid={OWNER}", f"--regid={OWNER}", "--init-groups"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*drop, *command], cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        message = f"{Path(command[0]).name} ended with {done.returncode}: {done.stdout[-500:]}"
        raise BenchError(message)
