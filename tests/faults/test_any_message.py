"""Whatever people type, edit or send, in whatever order: it is handled, never parked, and every parcel can be sent.

Some hundred messages in the suite; `pytest tests/faults/test_any_message.py --hypothesis-profile=tireless` makes ten thousand.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from bot.platforms.telegram.incoming import clean
from handlers import conversation
from handlers.commanding import all_commands
from handlers.rounds import open_round
from storage.database import Database
from storage.invariants import broken_invariants
from storage.messages import Act, IncomingFile, IncomingMessage, OutgoingMessage
from storage.outbox import parcels
from tests.cast import PLATFORM, Cast
from tests.handlers.office_day import HEADCOUNT, OPENS, TODAY, VISITORS, TakeBackError

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
days = st.lists(st.one_of(saying, saying, bringing), min_size=1, max_size=10)


@settings(max_examples=settings.default.max_examples // 5)
@given(day=days)
async def test_nothing_that_people_do_is_parked(database: Database, cast: Cast, day: list[tuple[object, ...]]) -> None:
    def work(tx: Connection, _now: datetime) -> None:
        for kind in (VISITORS, HEADCOUNT):
            open_round(tx, kind, TODAY, OPENS)
        for number, deed in enumerate(day):
            now = OPENS + timedelta(seconds=number)
            conversation.answer(tx, _message(cast, deed, number, now), now)
        assert broken_invariants(tx) == []
        for payload in tx.execute(select(parcels.c.payload)).scalars():
            message = msgspec.json.decode(payload, type=OutgoingMessage)
            assert message.text is not None
        raise TakeBackError

    with pytest.raises(TakeBackError):
        await database.run(work, OPENS)


def _message(cast: Cast, deed: tuple[object, ...], number: int, now: datetime) -> IncomingMessage:
    act, speaker, place, words = deed
    user = "4040" if speaker == "stranger" else getattr(cast, str(speaker)).account
    chat = {"private": user, "unknown": "-404"}.get(str(place)) or cast.rooms[str(place)]
    file = act if isinstance(act, IncomingFile) else None
    return IncomingMessage(
        platform=PLATFORM,
        bot="7000",
        key=f"any/{number}",
        act=Act.TEXT if isinstance(act, IncomingFile) else Act(str(act)),
        chat_id=chat,
        chat_type="private" if place == "private" else "group",
        sent_at=now,
        user_id=user,
        user_name="Người nào đó",
        message_id=str(number % 4),
        text=str(words),
        addressed=number % 2 == 0 or place == "private",
        file=file,
    )
