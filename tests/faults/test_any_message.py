"""Whatever people type, edit, send or press, in whatever order: it is handled, never parked, and every parcel can be sent.

Some hundred messages in the suite; `pytest tests/faults/test_any_message.py --hypothesis-profile=tireless` makes a hundred thousand for each database.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from bot.marked_text import clean
from handlers import answerers, conversation
from handlers.commanding import all_commands
from handlers.rounds import open_round
from handlers.troubles import parked
from storage.database import Database
from storage.invariants import broken_invariants
from storage.messages import Act, IncomingFile, IncomingMessage, OutgoingMessage
from storage.outbox import parcels
from tests.cast import PLATFORM, Cast
from tests.handlers.office_day import HEADCOUNT, OPENS, TODAY, VISITORS
from tests.rehearsal import rehearse

TRICKS = (
    "\u202e toàn bộ\u202c",  # right to left
    "1\u200b2 lượt khách",  # a space of no width between digits
    "\ufeff12",
    "１２ lượt",
    "٣٤ lượt khách",
    "²³",
    "9" * 400 + " lượt khách",
    "-5 lượt khách",
    "1e9 lượt",
    "0x1F",
    "<b>đậm</b> & <a href='x'>",
    "=HYPERLINK(1)",
    "{answers} %s %(x)s {0}",
    "'; DROP TABLE people; --",
    "a" * 4096,
    "\n\n\n",
    "🦠" * 200,
    "e\u0301" * 100,
    "31/02/2026 đi Hà Nội đến 99/99",
    "em đi từ 30/2 đến 29/2/2027",
)
WORDS = (
    "12 lượt khách",
    "đủ quân số, 1 đồng chí ốm",
    "mai em đi Đà Nẵng, thứ Sáu về",
    "em bị sốt 38,5 độ, ho",
    "sửa lại 15",
    "không có",
    "hủy",
    "đã nhận",
    "có cháy ở kho, 2 người bị thương",
    "2",
    "đúng",
)

SAID = (
    *(timedelta(seconds=seconds) for seconds in (0, -3, 0, -1, -30, 0, 5, -2, -3_600)),
    *(timedelta(days=days) for days in (-400, 400)),
)
"""When it was said, beside when it is heard: deliveries cross, and clocks are absurd."""

texts = st.one_of(st.text(max_size=80).map(clean), st.sampled_from(TRICKS), st.sampled_from(WORDS))
commands = st.builds(
    lambda name, rest: f"/{name} {rest}".strip(), st.sampled_from([each.name for each in all_commands()]), texts
)
files = st.builds(
    lambda name: IncomingFile(name=name, media_type="text/csv", size=10, reference="F1"),
    st.text(alphabet="ab./\\\u202ecsvxlĐ", min_size=1, max_size=30),
)
speakers = st.sampled_from(("lan", "minh", "hoa", "nga", "stranger"))
places = st.sampled_from(("private", "office", "KT", "everyone", "unknown"))
saying = st.tuples(st.sampled_from((Act.TEXT, Act.TEXT, Act.EDIT)), speakers, places, texts | commands)
bringing = st.tuples(st.just(Act.UNSUPPORTED), speakers, places, st.just("")) | st.tuples(
    files, speakers, places, texts
)
odd_parts = st.one_of(
    st.integers(-1, 3).map(str),
    st.sampled_from(("", "9" * 30, "x", "take", "Lan", "2026-11-23", "visitor_count", "²", "1;2", "\u202e")),
)
forged = st.builds(
    lambda verb, parts: ":".join([verb, *parts]),
    st.sampled_from([*answerers.PRESSES, "said", "", "nobody"]),
    st.lists(odd_parts, max_size=4),
)
pressing = st.tuples(st.just(Act.PRESS), speakers, places, st.integers(0, 40).map(lambda n: f"#{n}") | forged)
moving = st.tuples(st.sampled_from((Act.ADDED, Act.REMOVED, Act.MOVED)), speakers, places, st.just("-1001"))
days = st.lists(st.one_of(saying, saying, saying, pressing, pressing, bringing, moving), min_size=1, max_size=12)


@settings(max_examples=settings.default.max_examples // 5)
@given(day=days)
async def test_nothing_that_people_do_is_parked(database: Database, cast: Cast, day: list[tuple[object, ...]]) -> None:
    def work(tx: Connection, _now: datetime) -> None:
        for kind in (VISITORS, HEADCOUNT):
            open_round(tx, kind, TODAY, OPENS)
        for number, deed in enumerate(day):
            now = OPENS + timedelta(seconds=number)
            _hear(tx, _message(cast, deed, number, now, _buttons_in(tx)), now)
        assert broken_invariants(tx) == []
        for payload in tx.execute(select(parcels.c.payload)).scalars():
            message = msgspec.json.decode(payload, type=OutgoingMessage)
            assert message.text is not None

    await rehearse(database, work, OPENS)


def _hear(tx: Connection, message: IncomingMessage, now: datetime) -> None:
    """As the reception does it: a press that fails may be one that nobody was offered."""
    try:
        with tx.begin_nested():
            conversation.answer(tx, message, now)
    except Exception:
        if not parked.refuse_forged(tx, message, now):
            raise


def _buttons_in(tx: Connection) -> list[tuple[str, str]]:
    """What could be pressed: chat and data."""
    found = []
    for chat_id, payload in tx.execute(select(parcels.c.chat_id, parcels.c.payload)):
        message = msgspec.json.decode(payload, type=OutgoingMessage)
        found += [(chat_id, button.data) for row in message.buttons for button in row]
    return found


def _message(
    cast: Cast, deed: tuple[object, ...], number: int, now: datetime, buttons: list[tuple[str, str]]
) -> IncomingMessage:
    act, speaker, place, words = deed
    user = "4040" if speaker == "stranger" else getattr(cast, str(speaker)).account
    chat = {"private": user, "unknown": "-404"}.get(str(place)) or cast.rooms[str(place)]
    file = act if isinstance(act, IncomingFile) else None
    said, pressed, moved_to = str(words), "", None
    if act is Act.PRESS:
        said, pressed = "", said
        if pressed.startswith("#") and buttons:
            chat, pressed = buttons[int(pressed[1:]) % len(buttons)]
            user = user if chat.startswith("-") else chat
    elif act is Act.MOVED:
        said, moved_to = "", said
    return IncomingMessage(
        platform=PLATFORM,
        bot="7000",
        key=f"any/{number}",
        act=Act.TEXT if isinstance(act, IncomingFile) else Act(str(act)),
        chat_id=chat,
        chat_type="group" if chat.startswith("-") else "private",
        sent_at=now + SAID[number % len(SAID)],
        user_id=user,
        user_name="\u202eNgười <b>nào</b> đó\u200b",
        message_id=str(number % 4),
        text=said,
        addressed=number % 2 == 0 or place == "private",
        pressed=pressed,
        press_id=f"p{number}" if pressed else None,
        is_clocked_here=bool(pressed),
        moved_to=moved_to,
        file=file,
    )
