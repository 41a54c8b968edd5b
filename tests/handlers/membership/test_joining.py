"""A personal code ties an account to a person, once; nobody gets in by guessing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, select

from handlers.commands import join_codes, start
from handlers.membership import joining, links
from handlers.membership.codes import as_typed, looks_like_join_code, looks_like_room_code, new_join_code, new_room_code
from storage.database import Database
from storage.messages import Act
from storage.record import add, change
from storage.records.accounts import accounts
from storage.records.files import files
from storage.records.options import set_option
from storage.records.people import Role, people, posts
from tests.cast import PLATFORM, Cast
from tests.handlers.setting_up_scene import Scene
from tests.handlers.speaking import Desk

LONG_AGO = date(2020, 1, 1)


def hire(tx: Connection, cast: Cast, *, code: str = "K7M4QX3P") -> int:
    """Chị Mai, new in Phòng Kinh tế, who has not joined yet."""
    person_id = add(
        tx, people, staff_code="CB10", full_name="Phan Thị Mai", sort_key="m", honorific="chị", join_code=code,
        is_active=True,
    )  # fmt: skip
    add(tx, posts, person_id=person_id, unit_id=cast.units["KT"], role=Role.STAFF, title="CV", valid_from=LONG_AGO)
    return person_id


def holder(tx: Connection, account: str, platform: str = PLATFORM) -> int | None:
    where = (accounts.c.platform == platform, accounts.c.external_id == account)
    return tx.execute(select(accounts.c.person_id).where(*where)).scalar_one()


def code_of(tx: Connection, person_id: int) -> str:
    return tx.execute(select(people.c.join_code).where(people.c.id == person_id)).scalar_one()


async def test_a_stranger_is_asked_for_his_code_and_can_be_written_to_from_then_on(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        joining.answer_stranger(scene.visit("2001", "xin chào"))
        assert "xin gõ mã cá nhân 8 chữ và số" in scene.said()
        row = tx.execute(select(accounts).where(accounts.c.external_id == "2001")).one()
        assert (row.private_chat_id, row.is_reachable, row.person_id) == ("2001", True, None)

    await database.run(work, now)


async def test_the_personal_link_lets_somebody_in_with_a_greeting_and_the_notice(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene, mai = Scene(tx, now), hire(tx, cast)
        said = scene.command("2001", start.COMMAND, "K7M4QX3P")
        assert "Chào chị Mai" in said
        assert "Trực Ban" in said
        assert "điểm c khoản 1 Điều 19 Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15" in said
        assert "/maphong" not in said
        assert holder(tx, "2001") == mai
        row = tx.execute(select(people).where(people.c.id == mai)).one()
        assert row.joined_at == now
        assert row.join_code != "K7M4QX3P"

    await database.run(work, now)


async def test_the_code_may_be_typed_with_small_letters_and_spaces(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene, mai = Scene(tx, now), hire(tx, cast)
        joining.answer_stranger(scene.visit("2001", " k7m4 qx3p "))
        assert holder(tx, "2001") == mai

    await database.run(work, now)


async def test_the_office_reads_how_to_set_up(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        assert "/maphong" in Scene(tx, now).command(cast.hoa.account, start.COMMAND)

    await database.run(work, now)


async def test_a_used_code_is_worth_nothing(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        hire(tx, cast)
        scene.command("2001", start.COMMAND, "K7M4QX3P")
        assert scene.command("2002", start.COMMAND, "K7M4QX3P") == joining.USED
        assert holder(tx, "2002") is None

    await database.run(work, now)


async def test_wrong_codes_are_counted_and_an_hour_later_forgiven(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene, mai = Scene(tx, now), hire(tx, cast)
        for _ in range(5):
            assert scene.command("2001", start.COMMAND, new_join_code()) == joining.WRONG
        assert "Đã thử sai quá nhiều lần" in scene.command("2001", start.COMMAND, "K7M4QX3P")
        assert holder(tx, "2001") is None
        assert "Chào chị Mai" not in scene.command("2001", start.COMMAND, "K7M4QX3P")
        scene.wait(hours=1, minutes=1)
        assert "Chào chị Mai" in scene.command("2001", start.COMMAND, "K7M4QX3P")
        assert holder(tx, "2001") == mai

    await database.run(work, now)


async def test_an_account_keeps_its_person(database: Database, cast: Cast, now: datetime) -> None:
    """Chị Lan types the code of chị Mai: it stays unused, and chị Lan stays chị Lan."""

    def work(tx: Connection, now: datetime) -> None:
        scene, mai = Scene(tx, now), hire(tx, cast)
        visit = scene.visit(cast.lan.account, "K7M4QX3P")
        assert joining.take_code(visit)
        assert "đang gắn với chị Lan" in scene.said()
        assert holder(tx, cast.lan.account) == cast.lan.person_id
        assert code_of(tx, mai) == "K7M4QX3P"

    await database.run(work, now)


async def test_a_second_platform_is_joined_by_a_second_code(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        telegram, zalo = Scene(tx, now), Scene(tx, now, platform="zalo")
        mai = hire(tx, cast)
        telegram.command("2001", start.COMMAND, "K7M4QX3P")
        joining.answer_stranger(zalo.visit("z9", code_of(tx, mai)))
        assert holder(tx, "z9", "zalo") == holder(tx, "2001") == mai

    await database.run(work, now)


async def test_a_new_phone_takes_the_place_of_the_old_one(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene, mai = Scene(tx, now), hire(tx, cast)
        scene.command("2001", start.COMMAND, "K7M4QX3P")
        scene.messages()
        joining.answer_stranger(scene.visit("2002", code_of(tx, mai)))
        said = {message.chat_id: message.text for message in scene.messages()}
        assert "không còn gắn với chị Mai" in said["2001"]
        assert "Chào chị Mai" in said["2002"]
        assert (holder(tx, "2001"), holder(tx, "2002")) == (None, mai)

    await database.run(work, now)


async def test_who_has_left_does_not_get_in(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene, mai = Scene(tx, now), hire(tx, cast)
        change(tx, people, people.c.id == mai, is_active=False)
        assert scene.command("2001", start.COMMAND, "K7M4QX3P") == joining.LEFT

    await database.run(work, now)


async def test_the_account_of_somebody_who_left_may_be_passed_on(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene, mai = Scene(tx, now), hire(tx, cast)
        change(tx, people, people.c.id == cast.lan.person_id, is_active=False)
        assert joining.take_code(scene.visit(cast.lan.account, "K7M4QX3P"))
        assert holder(tx, cast.lan.account) == mai

    await database.run(work, now)


async def test_words_that_only_look_like_a_code_are_left_alone(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        assert looks_like_join_code("máy có rằm".replace("á", "a").replace("ó", "a").replace("ằ", "a"))
        assert not joining.take_code(scene.visit(cast.lan.account, "may ca ram"))
        assert scene.said() == ""

    await database.run(work, now)


async def test_a_personal_code_shown_in_a_room_is_worth_nothing(database: Database, cast: Cast, now: datetime) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene, mai = Scene(tx, now), hire(tx, cast)
        assert joining.take_code(scene.visit("2001", "K7M4QX3P", room=cast.rooms["KT"]))
        assert scene.said() == joining.NOT_HERE
        assert holder(tx, "2001") is None
        assert code_of(tx, mai) != "K7M4QX3P"
        assert scene.command("2001", start.COMMAND, "K7M4QX3P") == joining.WRONG

    await database.run(work, now)


async def test_who_blocks_us_is_not_written_to_until_he_writes_again(
    database: Database, cast: Cast, now: datetime
) -> None:
    def reachable(tx: Connection) -> bool:
        where = accounts.c.external_id == cast.lan.account
        return tx.execute(select(accounts.c.is_reachable).where(where)).scalar_one()

    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        joining.close_private_chat(tx, scene.visit(cast.lan.account, act=Act.REMOVED).message)
        assert not reachable(tx)
        scene.visit(cast.lan.account, "tôi đây")
        assert reachable(tx)

    await database.run(work, now)


async def test_the_office_gets_the_codes_of_those_missing_with_links(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene, mai = Scene(tx, now), hire(tx, cast)
        set_option(tx, "identity/telegram", {"username": "truc_ban_bot"})
        join_codes.COMMAND.run(scene.visit(cast.hoa.account), "")
        (message,) = scene.messages()
        assert "1 người chưa vào" in message.text.replace("\ue000", "").replace("\ue001", "")
        assert "Phòng KT: 1 người" in message.text
        assert message.file is not None
        content = tx.execute(select(files.c.content).where(files.c.id == message.file.file_id)).scalar_one()
        assert content.decode("utf-8-sig").splitlines() == [
            "Đơn vị,Mã cán bộ,Họ và tên,Mã cá nhân,Liên kết để bấm",
            "Phòng KT,CB10,Phan Thị Mai,K7M4QX3P,https://t.me/truc_ban_bot?start=K7M4QX3P",
        ]
        assert "Phan Thị Mai: K7M4QX3P" in scene.command(cast.hoa.account, join_codes.COMMAND, "phong kt")
        assert "mọi người đều đã vào" in scene.command(cast.hoa.account, join_codes.COMMAND, "TM")
        assert code_of(tx, cast.lan.person_id) in scene.command(cast.hoa.account, join_codes.COMMAND, "lan")
        assert "Không có đơn vị hay người nào" in scene.command(cast.hoa.account, join_codes.COMMAND, "ai đó")
        scene.command("2001", start.COMMAND, code_of(tx, mai))
        assert "Mọi người đều đã vào" in scene.command(cast.hoa.account, join_codes.COMMAND)

    await database.run(work, now)


async def test_two_people_of_one_name_are_told_apart_by_their_staff_codes(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        mai = hire(tx, cast)
        change(tx, people, people.c.id == mai, full_name="Vũ Thị Lan")
        said = scene.command(cast.hoa.account, join_codes.COMMAND, "Vũ Thị Lan")
        assert "Vũ Thị Lan (CB05)" in said
        assert "Vũ Thị Lan (CB10)" in said
        assert "K7M4QX3P" not in said

    await database.run(work, now)


def test_codes_are_read_as_people_type_them() -> None:
    assert all(looks_like_join_code(new_join_code().lower()) for _ in range(50))
    assert all(looks_like_room_code(new_room_code().replace("-", " ")) for _ in range(50))
    assert as_typed("nhom 7k4 m3x") == as_typed("NHOM-7K4M3X") == "NHOM-7K4M3X"
    assert not looks_like_join_code("NHOM-7K4M3X")
    assert not looks_like_room_code("7K4M3X")


async def test_where_a_platform_has_no_links_with_codes_the_way_in_is_told(
    database: Database, cast: Cast, now: datetime
) -> None:
    def work(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, now)
        hire(tx, cast)
        way = "tìm “Bot Trực Ban” trên Zalo"
        set_option(tx, "identity/zalo", {"username": "bot.trucban", "way_in": way})
        for asked in ("", "phong kt", "mai"):
            said = scene.command(cast.hoa.account, join_codes.COMMAND, asked)
            assert "\nHoặc tìm “Bot Trực Ban” trên Zalo rồi gửi mã." in said
        assert links.private_link(tx, "zalo") == way
        assert links.private_link(tx, "telegram") == "bấm vào tên tôi rồi chọn nhắn tin"

    await database.run(work, now)


async def test_a_stranger_with_a_slip_or_in_need_reads_what_helps(
    database: Database, cast: Cast, now: datetime
) -> None:
    def scene(tx: Connection, now: datetime) -> None:
        desk = Desk(tx, now)
        stranger = replace(cast.lan, account="9090")
        desk.say(stranger, "K7M4QX30")
        assert "mã cá nhân không có các chữ O" in desk.last("9090")
        desk.say(stranger, "cháy ở kho KCN Bình An, 3 người bị nạn")
        assert desk.last("9090").startswith("🚨 Việc khẩn xin gọi ngay 114")
        assert "mã cá nhân 8 chữ" in desk.last("9090")

    await database.run(scene, now)
