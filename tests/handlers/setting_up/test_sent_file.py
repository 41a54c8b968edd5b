"""A staff file sent to the bot: fetched by an errand, previewed, written when the sender says so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, select

from handlers.commands import staff_template
from handlers.files.previews import SETTLED
from handlers.files.sent import READING, UNFETCHED, tell_that_it_is_missing
from handlers.setting_up import PRESSES, read_staff, take_file
from handlers.setting_up.sent_file import NOT_FOR_STAFF, preview, read_ahead
from handlers.setting_up.spreadsheet import TOO_LARGE
from handlers.wording import NOT_ALLOWED
from storage import errands
from storage.database import Database
from storage.messages import Act, IncomingFile, OutgoingMessage
from storage.records.files import find_file
from storage.records.people import people
from tests.cast import Cast
from tests.handlers.setting_up.staff_rows import BODY, DIVISION, HOA, LAN, MINH, NGA, OFFICE, as_csv
from tests.handlers.setting_up_scene import Scene
from tests.handlers.speaking import Desk

STAFF = as_csv(BODY, OFFICE, DIVISION, NGA, HOA, MINH, LAN | {"full_name": "Vũ Thị Phương Lan"})


def sheet(name: str = "danhsach.csv", size: int = 900) -> IncomingFile:
    return IncomingFile(reference="FILE-1", name=name, media_type="text/csv", size=size)


def send(scene: Scene, account: str, content: bytes, name: str = "danhsach.csv") -> OutgoingMessage:
    """Sends a file and runs the errand with what the platform hands out; returns the preview."""
    assert take_file(scene.visit(account, file=sheet(name)))
    assert scene.said() == READING
    (errand,) = errands.claim(scene.tx, scene.now)
    assert (errand.reference, errand.name) == ("FILE-1", name)
    preview(scene.tx, errand, read_ahead(content, errand.name), scene.now)
    errands.finish(scene.tx, errand.id, now=scene.now)
    (message,) = scene.messages()
    assert message.chat_id == account
    return message


def press(scene: Scene, account: str, message: OutgoingMessage, label: str) -> str:
    button = next(button for row in message.buttons for button in row if button.text == label)
    verb, *parts = button.data.split(":")
    PRESSES[verb](scene.visit(account, act=Act.PRESS), parts)
    return scene.said()


def name_of_lan(tx: Connection) -> str:
    return tx.execute(select(people.c.full_name).where(people.c.staff_code == "CB05")).scalar_one()


async def test_the_office_sees_what_would_change_and_confirms_it(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        message = send(scene, cast.hoa.account, STAFF)
        assert "4 người, 3 đơn vị" in message.text
        assert "Người: sửa 1" in message.text
        assert "5 người" in message.text  # the rest of the cast is not in the file
        assert name_of_lan(tx) == "Vũ Thị Lan"
        assert "✅ Đã nhập danhsach.csv" in press(scene, cast.hoa.account, message, "Nhập")
        assert name_of_lan(tx) == "Vũ Thị Phương Lan"
        assert press(scene, cast.hoa.account, message, "Nhập") == SETTLED
        (file_id,) = {int(button.data.split(":")[2]) for row in message.buttons for button in row}
        file = find_file(tx, file_id)
        assert file is not None
        assert file.content is None

    await database.run(work, now)


async def test_a_file_may_be_dropped(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        message = send(scene, cast.hoa.account, STAFF)
        assert "giữ nguyên" in press(scene, cast.hoa.account, message, "Thôi")
        assert press(scene, cast.hoa.account, message, "Nhập") == SETTLED
        assert name_of_lan(tx) == "Vũ Thị Lan"

    await database.run(work, now)


async def test_a_bad_file_brings_every_problem_and_no_button(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        message = send(scene, cast.hoa.account, as_csv(BODY, *[LAN | {"unit_code": ""}] * 40))
        assert "Có 40 chỗ cần sửa" in message.text
        assert "… và 15 chỗ nữa" in message.text
        assert message.buttons == ()
        assert message.file is not None
        assert message.file.file_id is not None
        file = find_file(tx, message.file.file_id)
        assert file is not None
        assert len((file.content or b"").splitlines()) == 40

    await database.run(work, now)


async def test_a_document_that_is_no_list_is_told_where_it_belongs(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        assert NOT_FOR_STAFF in send(Scene(tx, now), cast.hoa.account, b"%PDF-1.7 \x00\x01\x02", "cong-van.xlsx").text

    await database.run(work, now)


async def test_files_that_are_not_for_setting_up_are_left_to_others(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        assert not take_file(scene.visit(cast.lan.account, file=sheet()))
        assert not take_file(scene.visit(cast.hoa.account, file=sheet(), room=cast.rooms["office"]))
        assert not take_file(scene.visit(cast.hoa.account, file=sheet("cong-van.pdf")))
        assert not take_file(scene.visit(cast.hoa.account, "kính chuyển các phòng", file=sheet()))
        assert not take_file(scene.visit(cast.hoa.account, "xin chào"))
        assert take_file(scene.visit(cast.hoa.account, "Danh sách mới", file=sheet()))
        assert take_file(scene.visit(cast.hoa.account, file=sheet(size=6_000_000)))
        assert scene.said() == f"{READING}\n{TOO_LARGE}"
        assert len(errands.claim(tx, now)) == 1

    await database.run(work, now)


async def test_only_who_may_set_up_presses_the_button(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        message = send(scene, cast.hoa.account, STAFF)
        assert press(scene, cast.lan.account, message, "Nhập") == NOT_ALLOWED
        assert name_of_lan(tx) == "Vũ Thị Lan"

    await database.run(work, now)


async def test_the_sender_hears_when_the_file_cannot_be_fetched(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        take_file(scene.visit(cast.hoa.account, file=sheet()))
        scene.messages()
        (errand,) = errands.claim(tx, now)
        assert errands.fail(tx, errand, now=now, trouble="refused")
        tell_that_it_is_missing(tx, errand, now)
        assert scene.said() == UNFETCHED

    await database.run(work, now)


async def test_the_template_is_handed_out(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        staff_template.COMMAND.run(scene.visit(cast.hoa.account), "")
        (message,) = scene.messages()
        assert message.file is not None
        assert message.file.file_id is not None
        file = find_file(tx, message.file.file_id)
        assert file is not None
        assert "posts" in dir(read_staff(file.content or b"", file.name))

    await database.run(work, now)


async def test_a_duty_roster_too_large_is_no_staff_list(database: Database, cast: Cast, now: datetime) -> None:
    """The sentence fits whatever list it was."""

    def play(tx: Connection, now: datetime) -> None:
        desk = Desk(tx, now)
        file = IncomingFile(name="lich-truc.xlsx", media_type="application/xlsx", size=9_000_000, reference="F9")
        desk.say(cast.hoa, "", file=file)
        assert desk.last(cast.hoa.account) == TOO_LARGE
        assert "cán bộ" not in TOO_LARGE

    await database.run(play, now)
