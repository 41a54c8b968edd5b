"""/chidao: write a directive."""

from __future__ import annotations

from handlers.access import Right
from handlers.command import Command, Place
from handlers.directives import begin

COMMAND = Command(
    name="chidao",
    menu="Soạn và phát hành chỉ đạo",
    run=begin,
    words=("chỉ đạo", "ra chỉ đạo", "soạn chỉ đạo", "gửi chỉ đạo", "phát hành chỉ đạo"),
    right=Right.ISSUE_DIRECTIVES,
    place=Place.PRIVATE,
    order=30,
)
