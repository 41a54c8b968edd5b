"""/kiemtra CODE: is this directive real?"""

from __future__ import annotations

from handlers.command import Command
from handlers.directives import verify

COMMAND = Command(
    name="kiemtra",
    menu="Kiểm tra mã của một chỉ đạo",
    run=verify,
    words=("kiểm tra chỉ đạo", "kiểm tra mã"),
    order=40,
)
