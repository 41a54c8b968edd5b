"""Starting where it cannot be started: one clear sentence, exit 2, no traceback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

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
