"""A folder in memory for what tests write, where the machine has room for it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

SHARED_MEMORY = Path("/dev/shm")
ENOUGH = 2 * 1024**3  # bytes: containers often have 64 MB there, which is none


def folder_in_memory() -> Path | None:
    """None: there is no such folder, or not enough room in it."""
    is_there = SHARED_MEMORY.is_dir() and os.access(SHARED_MEMORY, os.W_OK)
    return SHARED_MEMORY if is_there and shutil.disk_usage(SHARED_MEMORY).free >= ENOUGH else None
