"""Names made from titles: "Số bình chữa cháy" → "so_binh_chua_chay"."""

from __future__ import annotations

import re

from understanding.phrases.normalize import fold

LONGEST = 34
"""Leaves room for a number behind it and for a choice after a dot: figures are named in 60 letters."""


def name_of(title: str) -> str:
    """Letters a-z, digits and underscores; empty where the title has none."""
    return "_".join(re.findall(r"[a-z0-9]+", fold(title)))[:LONGEST].strip("_")
