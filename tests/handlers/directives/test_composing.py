"""Writing a directive: words, file, audience, preview, and who may."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, select

from handlers.directives import forget_old_drafts, opens_directive
from handlers.wording import NOT_ALLOWED
from storage.database import Database
from storage.invariants import broken_invariants
from storage.messages import Lane
from storage.record import change
from storage.records.accounts import accounts
from storage.records.audit import audit_entries
from storage.records.chats import chats
from storage.records.directives import DirectiveState, directives
from storage.records.files import files
from tests.cast import Cast
from tests.handlers.directives.scene import Scene, a_file

WORDS = "Thực hiện Công văn số 1722/UBND-KGVX ngày 27/5/2021, các đơn vị đo thân nhiệt khách ra vào."


async def test_ba_nga_issues_a_directive_to_everyone(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        scene.command(cast.nga, "chidao")
        assert "gửi nội dung chỉ đạo" in scene.texts_to(cast.nga)[-1]
        assert scene.say(cast.nga, WORDS, file=a_file())
        assert "số 1722/UBND-KGVX ngày 27/05/2021" in scene.texts_to(cast.nga)[-1]
        assert "Kèm tệp: cong-van-1722.pdf" in scene.texts_to(cast.nga)[-1]

        scene.press_labelled(cast.nga, "Toàn thể")
        preview, counts = scene.messages_to(cast.nga)[-2:]
        assert "1 nhóm; 8 người phải xác nhận." in counts.text
        assert not scene.parcels(Lane.DIRECTIVE)

        scene.press_labelled(cast.nga, "Phát hành")
        published = scene.newest()
        assert published.state == DirectiveState.PUBLISHED
        assert published.document_number == "1722/UBND-KGVX"
        assert published.issued_on == date(2021, 5, 27)
        (sheet,) = scene.messages_to("everyone")
        assert (sheet.text, sheet.file) == (preview.text, preview.file)
        assert sheet.file is not None
        assert sheet.file.reference == "ref-cong-van-1722.pdf"
        assert [button.text for row in sheet.buttons for button in row] == ["Đã nhận"]
        assert published.code in sheet.text
        assert "Giám đốc Trần Thị Nga" in sheet.text
        assert "Đã nhận 0/8 (0%)" in scene.board(published)

    await database.run(play, now)


async def test_a_room_of_each_unit_stands_in_for_the_common_room(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        change(tx, chats, chats.c.audience == "everyone", audience=None)
        scene.publish(cast.nga, "Tổng vệ sinh chiều thứ Sáu.")
        told = {parcel.chat_id for parcel in scene.parcels(Lane.DIRECTIVE)}
        # ông Sơn sits in no unit's room: he gets it in private
        assert told == {cast.rooms["VP"], cast.rooms["KT"], cast.rooms["TM"], cast.son.account}

    await database.run(play, now)


async def test_heads_who_share_no_room_get_it_in_private(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        published = scene.publish(cast.hoa, "Họp giao ban 14:00.", "Trưởng các đơn vị")
        told = {parcel.chat_id for parcel in scene.parcels(Lane.DIRECTIVE)}
        assert told == {cast.rooms["leaders"], cast.minh.account, cast.thu.account}
        assert "Đã nhận 0/4" in scene.board(published)
        assert "Chuyên viên tổng hợp Nguyễn Thị Hoa" in published.signatory

    await database.run(play, now)


async def test_units_are_chosen_from_a_toggling_list(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        scene.command(cast.nga, "chidao", "Kiểm kê vật tư trước ngày 30.")
        scene.press_labelled(cast.nga, "Chọn đơn vị")
        scene.press_labelled(cast.nga, "Phòng TM")
        scene.press_labelled(cast.nga, "Phòng KT")
        assert "Đang chọn: Phòng KT, Phòng TM" in scene.texts_to(cast.nga)[-1]
        scene.press_labelled(cast.nga, "✓ Phòng TM")
        scene.press_labelled(cast.nga, "Xong (1)")
        scene.press_labelled(cast.nga, "Phát hành")
        assert [parcel.chat_id for parcel in scene.parcels(Lane.DIRECTIVE)] == [cast.rooms["KT"]]
        assert "Phòng KT: 0/4" in scene.board(scene.newest())

    await database.run(play, now)


async def test_people_who_cannot_answer_yet_are_named_before_publishing(
    database: Database, cast: Cast, now: datetime
) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        change(tx, accounts, accounts.c.external_id == cast.lan.account, person_id=None)
        scene.command(cast.nga, "chidao", WORDS)
        scene.press_labelled(cast.nga, "Toàn thể")
        assert "1 người chưa liên kết tài khoản: Vũ Thị Lan" in scene.texts_to(cast.nga)[-1]

    await database.run(play, now)


async def test_only_those_entitled_may(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        for member in (cast.lan, cast.minh):
            scene.command(member, "chidao", WORDS)
            assert scene.texts_to(member) == [NOT_ALLOWED]
        scene.command(cast.nga, "chidao", WORDS)
        draft = scene.newest()
        assert "Chỉ người soạn" in scene.press(cast.hoa, f"directive:{draft.id}:publish")
        assert scene.again(draft).state == DirectiveState.DRAFT

    await database.run(play, now)


async def test_state_secrets_are_refused_and_nothing_is_kept(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        scene.command(cast.nga, "chidao", "TỐI MẬT\nKế hoạch số 12/KH-UBND")
        scene.command(cast.nga, "chidao", "Triển khai văn bản kèm theo", file=a_file("KH_MAT.pdf"))
        scene.command(cast.nga, "chidao", "Bản nháp sạch", file=a_file())
        assert scene.say(cast.nga, "", file=a_file("Kế hoạch tuyệt mật.pdf"))
        assert all("đường văn bản mật" in text for text in scene.texts_to(cast.nga) if "bí mật" in text)
        assert tx.execute(select(func.count()).select_from(files)).scalar_one() == 0
        assert [tuple(row) for row in tx.execute(select(directives.c.text, directives.c.file_id))] == [("", None)]
        acts = list(tx.execute(select(audit_entries.c.act)).scalars())
        assert acts.count("directive.refused_secret") == 3

    await database.run(play, now)


async def test_everything_can_be_corrected_before_it_goes(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        scene.command(cast.nga, "chidao", WORDS)
        assert scene.say(cast.nga, "lãnh đạo")
        scene.press_labelled(cast.nga, "Sửa")
        scene.press_labelled(cast.nga, "Số văn bản")
        assert scene.say(cast.nga, "chưa rõ")
        assert scene.say(cast.nga, "05/CT-TTg ngày 28/1/2020")
        scene.press_labelled(cast.nga, "Sửa")
        scene.press_labelled(cast.nga, "Nội dung")
        assert scene.say(cast.nga, "Trực 24/24 từ hôm nay.")
        assert scene.say(cast.nga, "", file=a_file("lich-truc.xlsx"))
        assert not scene.say(cast.nga, "Phòng KT: 12 lượt")
        assert scene.say(cast.nga, "phát hành")
        (sheet,) = scene.messages_to("leaders")
        assert "số 05/CT-TTg ngày 28/01/2020" in sheet.text
        assert "Trực 24/24 từ hôm nay." in sheet.text
        assert sheet.file is not None
        assert sheet.file.name == "lich-truc.xlsx"

    await database.run(play, now)


async def test_a_file_alone_is_enough(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        scene.command(cast.nga, "chidao", file=a_file())
        scene.press_labelled(cast.nga, "Chỉ gửi tệp")
        scene.press_labelled(cast.nga, "Lãnh đạo")
        scene.press_labelled(cast.nga, "Phát hành")
        (sheet,) = scene.messages_to("leaders")
        assert "theo văn bản kèm theo" in sheet.text

    await database.run(play, now)


async def test_a_draft_is_published_once_and_not_after_a_day(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        published = scene.publish(cast.nga, WORDS)
        before = len(scene.parcels(Lane.DIRECTIVE))
        assert "đã phát hành rồi" in scene.press(cast.nga, f"directive:{published.id}:publish")
        assert len(scene.parcels(Lane.DIRECTIVE)) == before
        scene.command(cast.nga, "chidao", WORDS)
        draft = scene.newest()
        scene.wait(hours=25)
        assert "quá 24 giờ" in scene.press(cast.nga, f"directive:{draft.id}:publish")

    await database.run(play, now)


async def test_a_discarded_draft_leaves_nothing_behind(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        scene.command(cast.nga, "chidao", WORDS, file=a_file())
        draft = scene.newest()
        scene.press_labelled(cast.nga, "Bỏ")
        assert "không gửi gì" in scene.texts_to(cast.nga)[-1]
        assert scene.press(cast.nga, f"directive:{draft.id}:publish") == "Bản thảo này không còn ạ."
        assert tx.execute(select(func.count()).select_from(files)).scalar_one() == 0

    await database.run(play, now)


async def test_the_card_of_a_discarded_draft_never_meets_the_next_one(
    database: Database, cast: Cast, now: datetime
) -> None:
    """No number is given away twice, and no empty row is left but the newest."""

    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        numbers = []
        for _ in range(3):
            scene.command(cast.nga, "chidao", WORDS)
            numbers.append(scene.newest().id)
            scene.press_labelled(cast.nga, "Bỏ")
        scene.command(cast.nga, "chidao", "Họp lúc 15 giờ.")
        assert scene.newest().id not in numbers
        for number in numbers:
            assert scene.press(cast.nga, f"directive:{number}:publish") == "Bản thảo này không còn ạ."
        assert tx.execute(select(func.count()).select_from(directives)).scalar_one() == 2
        assert broken_invariants(tx) == []

    await database.run(play, now)


def test_the_words_chi_dao_open_it_too() -> None:
    assert opens_directive("Chỉ đạo: trực 24/24\ntừ hôm nay") == "Trực 24/24\ntừ hôm nay"
    assert opens_directive("theo chỉ đạo: của sở") is None


async def test_editing_the_message_corrects_the_draft_until_it_goes(
    database: Database, cast: Cast, now: datetime
) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        scene.command(cast.nga, "chidao", "Họp lúc 14 giờ.")
        draft = scene.newest()
        scene.press_labelled(cast.nga, "Lãnh đạo")
        assert draft.message_id is not None
        assert scene.edit(cast.nga, draft.message_id, "/chidao Họp lúc 15 giờ.")
        assert "Họp lúc 15 giờ." in scene.texts_to(cast.nga)[-2]
        assert not scene.edit(cast.son, draft.message_id, "Họp lúc 16 giờ.")
        scene.press_labelled(cast.nga, "Phát hành")
        assert scene.edit(cast.nga, draft.message_id, "/chidao Họp lúc 17 giờ.")
        assert "đã phát hành rồi" in scene.texts_to(cast.nga)[-1]
        assert "15 giờ" in scene.again(draft).text

    await database.run(play, now)


async def test_drafts_that_nobody_confirmed_are_forgotten(database: Database, cast: Cast, now: datetime) -> None:
    def play(tx: Connection, now: datetime) -> None:
        scene = Scene(tx, cast, now)
        published = scene.publish(cast.nga, WORDS)
        scene.command(cast.nga, "chidao", WORDS, file=a_file())
        assert forget_old_drafts(tx, now + timedelta(hours=23)) == 0
        assert forget_old_drafts(tx, now + timedelta(hours=25)) == 1
        assert tx.execute(select(func.count()).select_from(files)).scalar_one() == 0
        assert scene.newest() == scene.again(published)

    await database.run(play, now)
