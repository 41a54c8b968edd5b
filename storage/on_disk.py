"""What a loss of power must not take back: a file that is on the disk is not there yet until its folder is, too."""

from __future__ import annotations

import errno
import os
from pathlib import Path

NOT_ASKED = {errno.EINVAL, errno.ENOTSUP, errno.EACCES, errno.EPERM}
"""Folders of some file systems (a share of the network) cannot be told to, and some above us are not ours to open."""


def keep_name(file: Path) -> None:
    """Its name, and those of the folders above it, are on the disk when this returns. Raises OSErrors of the disk."""
    for folder in file.resolve().parents:
        _keep(folder)


def _keep(folder: Path) -> None:
    try:
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
    except OSError as error:
        if error.errno not in NOT_ASKED:
            raise
