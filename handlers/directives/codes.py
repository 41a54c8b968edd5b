"""The short code on every official message, by which anybody can ask whether it is real (/kiemtra)."""

from __future__ import annotations

import re
import secrets

from sqlalchemy import Connection

from storage.records.directives import directive_by_code

LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"  # without 0 O, 1 I, 2 Z, 5 S, 8 B
LENGTH = 6


def new_code(tx: Connection) -> str:
    """A code that no directive has borne yet."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        if directive_by_code(tx, code) is None:
            return code


def as_typed(text: str) -> str:
    """A code as people type it: "k7m-4qp", "K7M 4QP." and "mã K7M4QP" are one."""
    return re.sub(r"[^A-Z0-9]", "", text.strip().upper().removeprefix("MÃ"))
