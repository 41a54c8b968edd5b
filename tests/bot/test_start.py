"""Starting where it cannot be started: one clear sentence, exit 2, no traceback."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.postgres import Server
from tests.preloaded import run

HOUSE = Path(__file__).parents[2]


@pytest.mark.parametrize("port", ["TRIAL_PORT", "WEB__PORT"])
def test_a_port_in_use_is_named_with_what_to_do(tmp_path: Path, port: str) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        ports = {"TRIAL_PORT": "0", "WEB__PORT": "0"} | {port: str(holder.getsockname()[1])}
        done = run(tmp_path, DATA_FOLDER=str(tmp_path), **ports)
    assert done.returncode == 2
    assert done.stderr.startswith("Cổng đang có chương trình khác dùng.")
    assert "Traceback" not in done.stderr
    assert f"TRUCBAN_{port}" in done.stderr


def test_tables_of_a_later_version_are_left_alone(tmp_path: Path, empty_sqlite: Path) -> None:
    """Somebody went back to the image of last month."""
    house = shutil.copy(empty_sqlite, tmp_path / "house.sqlite3")
    with contextlib.closing(sqlite3.connect(house)) as later:
        later.execute("UPDATE alembic_version SET version_num = '9999'")
        later.commit()
    url, token = f"sqlite:///{house}", "1:AAE-never-asked"
    started = run(tmp_path, DATABASE_URL=url, WEB__PORT="0", TELEGRAM__TOKEN=token)
    tried = run(tmp_path, DATABASE_URL=url, WEB__PORT="0", TRIAL_PORT="0", DATA_FOLDER=str(tmp_path))
    checked = run(tmp_path, "check", DATABASE_URL=url)
    for ended in (started, tried, checked):
        assert ended.returncode == 2
        assert "phiên bản Trực Ban mới hơn" in ended.stderr
        assert "Traceback" not in ended.stderr


async def test_an_encoding_without_vietnamese_is_named(postgres: Server, tmp_path: Path) -> None:
    admin = create_engine(postgres.url("postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE narrow ENCODING 'SQL_ASCII' TEMPLATE template0"))
    admin.dispose()
    url = postgres.url("narrow").replace("+psycopg", "")
    done = await asyncio.to_thread(run, tmp_path, "check", DATABASE_URL=url)
    assert (done.returncode, "bảng mã SQL_ASCII" in done.stderr) == (2, True)


def test_wrong_settings_get_a_sentence_each(tmp_path: Path) -> None:
    """As it is typed, with nothing imported before."""
    wrong = {"TRUCBAN_ROLES": "ăn", "TRUCBAN_TELEGRAM__TOKEN": "bí-mật", "TRUCBAN_WEB__PORT": "99999"}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("TRUCBAN_")}
    environment = inherited | {"PYTHONPATH": str(HOUSE)} | wrong
    command = [sys.executable, "-m", "bot"]
    done = subprocess.run(
        command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert [line.split()[2] for line in done.stderr.splitlines()] == [
        "TRUCBAN_ROLES",
        "TRUCBAN_TELEGRAM__TOKEN",
        "TRUCBAN_WEB__PORT",
    ]
    assert "bí-mật" not in done.stderr


@pytest.mark.parametrize("command", [("check",), ("import", "a.csv"), ("backup", "a.zip"), ("restore", "a.zip")])
def test_a_folder_that_cannot_be_made_is_named_by_every_command(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "a-file").touch()
    done = run(tmp_path, *command, DATABASE_URL=f"sqlite:///{tmp_path}/a-file/house.sqlite3")
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert done.stderr.startswith(f"Không ghi được vào {tmp_path}/a-file")


def test_nobody_answers_is_said(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        done = run(tmp_path, "health", WEB__PORT=str(free.getsockname()[1]))
    assert (done.returncode, "Không có Trực Ban nào trả lời" in done.stdout) == (1, True)
