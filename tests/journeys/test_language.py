"""The language of plays itself: what it reads, and how it says that something is missing."""

from __future__ import annotations

import pytest

from bot.trial.play import Deed, Expected, Move, NotALineError, read_play
from bot.trial.stage import MissedError
from tests.journeys.stage import Journey


def test_lines_are_read() -> None:
    """Deeds, expectations with their buttons, the clock; indented lines go on, remarks do not count."""
    steps = read_play("""
        # a remark
        lúc ngày mai 07:30
        sau 40 phút
        chị Lan → Phòng KT ↩ “Quân số: KT”: tổng 4
            có mặt 4
        anh Tú → Phòng KT ↩ “CHỈ ĐẠO” [Đã nhận] ⇒ Đã ghi: anh Tú
        chị Hoa → Trực Ban 📎 a.pdf: lời kèm
        Trực Ban → Phòng KT: ✅ có mặt 4/4 … (chị Lan [Sửa] [Rút lại]
        Trực Ban → Phòng KT 👍
        Trực Ban → Phòng TM: (im lặng)
    """)
    assert steps[:2] == [Move(to="ngày mai 07:30"), Move(minutes=40)]
    assert steps[2] == Deed(who="chị Lan", where="Phòng KT", act="say", text="tổng 4\ncó mặt 4", answers="Quân số: KT")
    assert steps[3] == Deed(
        who="anh Tú", where="Phòng KT", act="press", answers="CHỈ ĐẠO", button="Đã nhận", note="Đã ghi: anh Tú"
    )
    assert steps[4] == Deed(who="chị Hoa", where="Trực Ban", act="send", text="lời kèm", file="a.pdf")
    expected, thumb, quiet = steps[5:]
    assert isinstance(expected, Expected)
    assert isinstance(thumb, Expected)
    assert isinstance(quiet, Expected)
    assert (expected.pieces, expected.buttons) == (("✅ có mặt 4/4", "(chị Lan"), ("Sửa", "Rút lại"))
    assert (thumb.reaction, quiet.is_quiet) == ("👍", True)


def test_what_is_no_line_is_said_to_be_none() -> None:
    with pytest.raises(NotALineError, match="chị Lan nói gì đó"):
        read_play("chị Lan nói gì đó")


async def test_what_is_missing_is_named_beside_what_came(stage: Journey) -> None:
    """The first thing missed ends a play; one that goes on collects them all, and a press that fails counts too."""
    with pytest.raises(MissedError, match=r"Quân số của ai(.|\n)*Không còn thiếu gì"):
        await stage.play("""
            chị Lan → Trực Ban: phòng còn thiếu gì
            Trực Ban → chị Lan: Quân số của ai
        """)
    await stage.play(
        """
        chị Lan → Trực Ban: hôm nay em làm ở nhà
        Trực Ban → Phòng TM: làm ở nhà
        Trực Ban → anh Minh: (im lặng)
        chị Lan → Trực Ban [Nút không có]
        Trực Ban → chị Lan: (im lặng)
        """,
        goes_on=True,
    )
    assert [line.split(":")[0] for line in stage.missed[:2]] == ["Trực Ban → Phòng TM", "anh Minh"]
    assert "nút [Nút không có]" in stage.missed[2]
