"""`python -m bot day`, as a newcomer types it: the day plays through, is printed room by room, and ends well."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path


def test_the_day_plays_through(tmp_path: Path) -> None:
    """Exit 0, every room in the transcript, the office's summary at its end, a Zalo day within its price, nothing left behind."""
    day = subprocess.run(
        [sys.executable, "-W", "error", "-m", "bot", "day"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if not name.startswith("TRUCBAN_")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=90,
        check=False,
    )
    printed = day.stdout.decode()
    assert day.returncode == 0, printed[-3000:]
    for heading in ("━━━ Toàn cơ quan ━━━", "━━━ Phòng QLCN ━━━", "━━━ riêng với bà Nga ━━━"):
        assert heading in printed
    summary = printed.rpartition("━━━ Bản tổng hợp của Văn phòng ━━━")[2]
    assert "Số lượt khách: 12/12 đơn vị" in summary
    price = re.search(r"^Zalo: đã gửi (\d+) tin, nhận (\d+) tin", summary, re.MULTILINE)
    assert price is not None
    assert int(price[1]) <= 60 <= int(price[2])
    assert list(tmp_path.iterdir()) == []
