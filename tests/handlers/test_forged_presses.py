"""An altered app can send any data (on an Official Account it is typed): nothing is done or told by it beyond one's rights."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, select

from handlers import rounds
from handlers.answerers import PRESSES
from handlers.kinds import built_in_kinds
from handlers.local_time import local_day
from storage.database import Database
from storage.record import metadata
from storage.records.check_ins import figures
from storage.records.rounds import round_of
from tests.cast import Cast, Member
from tests.handlers.office_day import OPENS
from tests.handlers.playing import play_soundly
from tests.handlers.speaking import Desk

MAY_CHANGE = {"parcels", "dialogues", "offers", "redraws"}
"""What answers and questions leave behind."""
FILLED = (
    "alerts",
    "approvals",
    "directives",
    "duties",
    "incidents",
    "risk_areas",
    "rounds",
    "run_steps",
    "timed_reminders",
)
NOT_HIS = ("38,5", "Đà Nẵng", "kho hàng", "rà soát", "giao ban", "các bước")
OPEN_TO_ALL = {"app", "window"}
"""Of one's own account."""
DATA = {
    "ack": ("{id}",),
    "alert": ("take:{id}", "pass:{id}", "close:{id}", "snooze:{id}"),
    "directive": ("publish:{id}", "discard:{id}", "publish"),
    "dlg": ("x:0", "x:x"),
    "duty": ("show:{id}", "done:{id}", "waive:{id}"),
    "file": ("{id}:photo",),
    "fill": ("{id}:{kt}", "{id}:p{lan}"),
    "incident": ("close:{id}", "record:{id}", "split:{id}"),
    "incq": ("{id}:people:0",),
    "kind": ("new", "show:visitor_count", "stop:visitor_count"),
    "kindq": ("x:0",),
    "leave": ("yes:{id}:1:0", "no:{id}:1:0"),
    "like": ("same:{id}", "other:{id}"),
    "meant": ("{id}:{kt}:12",),
    "mend": ("undo:{id}", "fix:{id}"),
    "none": ("{id}:{kt}:0", "{id}:p{lan}:0"),
    "parked": ("all",),
    "pb": ("go:r:ca_benh_gan_tru_so:1:-:0", "ask:d:ca_benh_gan_tru_so:1:-:0"),
    "pbk": ("show:ca_benh_gan_tru_so", "stop:ca_benh_gan_tru_so", "save:{id}", "drop:{id}"),
    "receipts": ("{id}:who", "{id}:chase", "{id}:withdraw"),
    "remind": ("drop:{id}", "early:{id}"),
    "remind_lack": ("x:0", "{id}:0"),
    "risk": ("remove:{id}",),
    "roster": ("apply:{id}", "drop:{id}"),
    "run": ("end:{id}", "report:{id}", "steps:{id}"),
    "same": ("{id}:{kt}",),
    "sheet": ("2026-11-23",),
    "staff": ("apply:{id}", "drop:{id}"),
    "step": ("done:{id}", "drop:{id}", "seen:{id}", "cannot:{id}"),
    "swap": ("yes:{id}", "no:{id}"),
    "unit": ("{id}:0:do", "{id}:{kt}:do"),
    "unsure": ("send:all", "drop:all", "send:{id}"),
    "watch": ("sheet", "end:{id}", "yes:{id}:7", "no:{id}"),
}


def everything(tx: Connection) -> dict[str, list[str]]:
    kept = (table for table in metadata.sorted_tables if table.name not in MAY_CHANGE)
    return {table.name: sorted(map(str, tx.execute(select(table)))) for table in kept}


def fill_the_office(desk: Desk, cast: Cast) -> None:
    """Something of nearly every kind, none of it anh Phúc's."""
    rounds.open_round(desk.tx, built_in_kinds()["visitor_count"], local_day(OPENS), desk.now)
    desk.say(cast.lan, "báo khẩn: cháy kho hàng ở KCN1, 2 người bị thương nặng")
    desk.say(cast.tu, "tôi bị sốt 38,5 độ, ho")
    desk.say(cast.tu, "mai đi Đà Nẵng họp, thứ Sáu về")
    desk.say(cast.hoa, "/vungnguyco thêm Đà Nẵng cấp 3")
    desk.say(cast.nga, "nhắc tôi 19:00 họp giao ban")
    desk.say(cast.nga, "/dientap")
    desk.press_data(cast.nga, "pb:go:d:ca_benh_gan_tru_so:1:-:0")
    desk.say(cast.nga, "chỉ đạo: các đơn vị rà soát phòng cháy")
    desk.press(cast.nga, "Trưởng các đơn vị")
    desk.press(cast.nga, "Phát hành")
    desk.say(cast.nga, "chỉ đạo: bản thảo còn dở")


def forge(desk: Desk, who: Member, data: str) -> None:
    with desk.tx.begin_nested() as savepoint:
        try:
            desk.press_data(who, data)
        except (ValueError, IndexError, KeyError):  # reception refuses it, and nothing of it stays
            savepoint.rollback()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # who may what is the same on both
async def test_what_is_others_stays_as_it_is_and_is_not_told(database: Database, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        fill_the_office(desk, cast)
        desk.forget()
        before = everything(desk.tx)
        assert [name for name in FILLED if not before[name]] == []
        for verb, several in DATA.items():
            for data in several:
                for number in range(1, 4) if "{id}" in data else (1,):
                    rest = data.format(id=number, kt=cast.units["KT"], lan=cast.lan.person_id)
                    forge(desk, cast.phuc, f"{verb}:{rest}")
            assert everything(desk.tx) == before, verb
            told = "\n".join(desk.heard(cast.phuc.account))
            assert [word for word in NOT_HIS if word in told] == [], verb

    await play_soundly(database, OPENS, scene)


def test_every_verb_is_tried() -> None:
    """A new button comes with its line in `DATA`."""
    assert set(PRESSES) == set(DATA) | OPEN_TO_ALL


async def test_a_figure_of_a_button_is_one_that_could_be_said(database: Database, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        kt, today = cast.units["KT"], local_day(OPENS)
        for kind in ("visitor_count", "headcount"):
            rounds.open_round(desk.tx, built_in_kinds()[kind], today, desk.now)
            asked = round_of(desk.tx, kind, today)
            assert asked is not None
            for figure in ("-5", "99999999999", "1e9", ""):
                desk.press_data(cast.lan, f"meant:{asked.id}:{kt}:{figure}")
        assert desk.tx.execute(select(figures)).all() == []

    await play_soundly(database, OPENS, scene)
