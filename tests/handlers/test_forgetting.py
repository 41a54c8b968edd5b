"""Files nobody needs are forgotten; those a message still brings, a directive shows, or a button may name, stay."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from handlers.files.forgetting import forget_old_files
from handlers.files.lists import keep_for_sending, to_csv
from storage import outbox
from storage.database import Database
from storage.messages import Lane, OutgoingFile, OutgoingMessage
from storage.outbox import Outcome, parcels
from storage.record import change
from storage.records.files import file_references, files, keep_file_reference
from tests.cast import PLATFORM, Cast

WEEK = timedelta(days=7)


def bring(tx: Connection, cast: Cast, file: OutgoingFile, now: datetime, *, state: Outcome) -> None:
    message = OutgoingMessage(platform=PLATFORM, chat_id=cast.rooms["office"], text="Danh sách đây ạ.", file=file)
    outbox.put(tx, message, key=file.name, lane=Lane.ANSWER, now=now)
    change(tx, parcels, parcels.c.key == file.name, state=state)


async def test_codes_and_previews_are_forgotten_after_a_week(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        kept = {
            name: keep_for_sending(tx, b"x", name=name, media_type="text/csv", now=now)
            for name in ("sent", "uncertain", "ready", "never confirmed", "newest")
        }
        for name in ("sent", "uncertain", "ready"):
            bring(tx, cast, kept[name], now, state=Outcome(name))
        keep_file_reference(tx, kept["sent"].file_id or 0, PLATFORM, "F1")
        assert forget_old_files(tx, now) == 0
        assert forget_old_files(tx, now + WEEK) == 2
        left = tx.execute(select(files.c.name).order_by(files.c.id)).scalars().all()
        assert left == ["uncertain", "ready", "newest"]
        assert tx.execute(select(file_references)).all() == []

    await database.run(work, now)


def test_no_cell_of_a_list_is_a_formula() -> None:
    evil = ("=1+1", "+84", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1")
    [_, *lines] = to_csv(["Tên"], [[cell] for cell in evil]).decode("utf-8-sig").split("\r\n", 1)
    assert all(f"'{cell}" in lines[0] for cell in evil)
    assert to_csv(["Tên"], [["Vũ Thị Lan"]]).decode("utf-8-sig") == "Tên\r\nVũ Thị Lan\r\n"
