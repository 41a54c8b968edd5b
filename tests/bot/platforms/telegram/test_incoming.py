"""Telegram's updates become the house's messages: a table of real shapes, and what must not pass."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.platform import Poison
from bot.platforms.telegram.incoming import number_of, read_update
from storage.messages import Act, IncomingFile, IncomingMessage, Unread
from tests.bot.platforms.telegram.updates import (
    BOT,
    DOCUMENT,
    HIDDEN,
    LAN,
    ME,
    MINH,
    OTHER_BOT,
    PHOTO,
    PRIVATE,
    ROOM,
    ROOM_ID,
    message,
    says,
    update,
)

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SENT = datetime.fromtimestamp(1795395600, UTC)


def read(raw: bytes) -> Any:
    return read_update(raw, ME, NOW)


def test_a_line_of_chi_lan_in_her_room_is_read_whole():
    assert read(says("Phòng KT: 12 lượt")) == IncomingMessage(
        platform="telegram",
        key="9001",
        act=Act.TEXT,
        bot="7000",
        chat_id=str(ROOM_ID),
        chat_type="group",
        chat_title="Phòng Kinh tế",
        sent_at=SENT,
        user_id="1005",
        user_name="Lan Vũ Thị",
        message_id="41",
        text="Phòng KT: 12 lượt",
    )


def test_a_private_line_is_addressed_to_the_bot():
    told = read(says("tôi sốt 38 độ", chat=PRIVATE))
    assert (told.chat_id, told.chat_type, told.addressed) == ("1005", "private", True)


def answering(sender: dict[str, Any], number: int = 30, **fields: Any) -> dict[str, Any]:
    return {
        "reply_to_message": message(message_id=number, **{"from": sender}, text="Hôm nay bao nhiêu lượt?", **fields)
    }


@pytest.mark.parametrize(
    ("text", "fields", "read_text", "addressed"),
    [
        ("12", answering(BOT), "12", True),
        ("12", answering(MINH), "12", False),
        ("/huy", {}, "/huy", True),
        ("/huy@truc_ban_bot", {}, "/huy", True),
        ("/huy@Truc_Ban_Bot hôm nay", {}, "/huy hôm nay", True),
        ("/start KT-7Q2F", {"chat": PRIVATE}, "/start KT-7Q2F", True),
        ("@truc_ban_bot 12 lượt", {}, "12 lượt", True),
        ("@Truc_ban_bot, 12 lượt", {}, "12 lượt", True),
        ("nhờ @truc_ban_bot ghi 12 lượt", {}, "nhờ @truc_ban_bot ghi 12 lượt", True),
        ("@truc_ban_bot", {}, "@truc_ban_bot", True),
        ("@truc_ban_bot2 xin chào", {}, "@truc_ban_bot2 xin chào", False),
        ("lan@truc_ban_bot", {}, "lan@truc_ban_bot", False),
        ("24/11 đi Huế", {}, "24/11 đi Huế", False),
        ("/điểm danh", {}, "/điểm danh", False),
    ],
)
def test_who_is_spoken_to(text: str, fields: dict[str, Any], read_text: str, addressed: bool):
    told = read(says(text, **fields))
    assert (told.text, told.addressed) == (read_text, addressed)


def test_an_answer_names_the_message_it_answers():
    assert read(says("12", **answering(BOT, 30))).reply_to == "30"


@pytest.mark.parametrize(
    "opening",
    [
        {"message_id": 7, "forum_topic_created": {"name": "Báo cáo ngày", "icon_color": 7322096}},
        {"message_id": 7},
    ],
)
def test_a_line_in_a_topic_does_not_answer_the_message_that_opened_the_topic(opening: dict[str, Any]):
    fields = {"message_thread_id": 7, "is_topic_message": True}
    told = read(says("12", reply_to_message=message(**{"from": BOT}, **opening, **fields), **fields))
    assert (told.thread_id, told.reply_to, told.addressed) == ("7", None, False)


def test_an_answer_inside_a_topic_is_an_answer():
    told = read(says("12", message_thread_id=7, is_topic_message=True, **answering(BOT, 30)))
    assert (told.thread_id, told.reply_to, told.addressed) == ("7", "30", True)


def test_a_chain_of_replies_outside_topics_is_no_thread():
    assert read(says("12", message_thread_id=30, **answering(BOT, 30))).thread_id is None


def test_an_edited_message_is_a_correction_dated_by_the_edit():
    told = read(update(edited_message=message(text="13", edit_date=1795395660)))
    assert (told.act, told.message_id, told.text) == (Act.EDIT, "41", "13")
    assert told.sent_at == datetime.fromtimestamp(1795395660, UTC)


def test_a_document_comes_with_its_caption():
    told = read(update(message=message(document=DOCUMENT, caption="Gửi chị Hoa")))
    assert (told.act, told.text) == (Act.TEXT, "Gửi chị Hoa")
    assert told.file == IncomingFile(
        reference="BQAC-1", name="Kế hoạch 1722.pdf", media_type="application/pdf", size=52341
    )


def test_of_a_photo_the_largest_size_is_taken():
    told = read(update(message=message(photo=PHOTO)))
    assert told.file == IncomingFile(
        reference="large", name="anh-41.jpg", media_type="image/jpeg", size=150000, kind="photo"
    )


def test_a_nameless_document_gets_a_name():
    told = read(update(message=message(document={"file_id": "x", "file_unique_id": "y"})))
    assert (told.file.name, told.file.media_type) == ("tep-41", "application/octet-stream")


@pytest.mark.parametrize(
    ("kind", "fields", "name", "media_type"),
    [
        ("video", {"file_name": "Cháy kho.mov", "mime_type": "video/quicktime"}, "Cháy kho.mov", "video/quicktime"),
        ("video", {}, "phim-41.mp4", "video/mp4"),
        ("video_note", {"length": 240}, "phim-41.mp4", "video/mp4"),
        ("animation", {}, "phim-41.mp4", "video/mp4"),
        ("voice", {"mime_type": "audio/ogg"}, "tin-thoai-41.ogg", "audio/ogg"),
        ("audio", {}, "am-thanh-41.mp3", "audio/mpeg"),
    ],
)
def test_a_film_or_voice_message_comes_as_a_file_that_can_be_passed_on(kind, fields, name, media_type):
    sent = {"file_id": "v", "file_unique_id": "w", "duration": 3, "file_size": 900} | fields
    also = {"document": {"file_id": "v", "file_unique_id": "w"}} if kind == "animation" else {}
    told = read(update(message=message(**{kind: sent}, **also)))
    assert (told.act, told.text, told.user_id) == (Act.TEXT, "", "1005")
    assert told.file == IncomingFile(reference="v", name=name, media_type=media_type, size=900, kind=kind)


@pytest.mark.parametrize(
    "origin",
    [
        {"type": "user", "date": 1795395000, "sender_user": LAN},
        {"type": "hidden_user", "date": 1795395000, "sender_user_name": "Anh Ba"},
        {"type": "channel", "date": 1795395000, "chat": {"id": -1009, "type": "channel"}, "message_id": 9},
    ],
)
def test_words_that_are_passed_on_are_somebody_elses(origin):
    told = read(says("mai em đi Đà Nẵng", forward_origin=origin))
    assert (told.act, told.text, told.forwarded) == (Act.TEXT, "mai em đi Đà Nẵng", True)
    assert not read(says("mai em đi Đà Nẵng")).forwarded


@pytest.mark.parametrize(
    ("content", "unread"),
    [
        ({"sticker": {"file_id": "s", "emoji": "👍"}}, Unread.STICKER),
        ({"contact": {"phone_number": "0912345678", "first_name": "Tú"}}, Unread.CARD),
        ({"poll": {"id": "1"}}, Unread.SOMETHING),
    ],
)
def test_what_has_no_words_is_told_apart(content, unread):
    told = read(update(message=message(**content)))
    assert (told.act, told.unread, told.text) == (Act.UNSUPPORTED, unread, "")


def test_a_point_on_the_map_is_told_in_figures():
    place = {"latitude": 10.045212, "longitude": 105.7469}
    told = read(update(message=message(location=place, venue={"location": place, "title": "Kho"})))
    assert (told.act, told.unread, told.text) == (Act.UNSUPPORTED, Unread.PLACE, "10.04521,105.74690")


def test_the_words_under_a_video_are_read():
    video = {"file_id": "v", "file_unique_id": "w", "width": 1, "height": 1, "duration": 3}
    assert read(update(message=message(video=video, caption="12 lượt"))).text == "12 lượt"


def press(**fields: Any) -> bytes:
    query = {"id": "4382bfdwdsb323b2d9", "from": MINH, "chat_instance": "-3", "data": "ack:17"}
    return update(callback_query=query | fields)


def test_a_press_tells_who_where_and_what():
    told = read(press(message=message(message_id=55, **{"from": BOT}, text="Chỉ đạo")))
    assert (told.act, told.user_id, told.message_id, told.pressed) == (Act.PRESS, "1004", "55", "ack:17")
    assert (told.press_id, told.sent_at, told.addressed) == ("4382bfdwdsb323b2d9", NOW, True)


def test_a_press_under_a_message_from_long_ago_still_counts():
    told = read(press(message={"chat": ROOM, "message_id": 3, "date": 0}))
    assert (told.chat_id, told.message_id) == (str(ROOM_ID), "3")


def membership(old: dict[str, Any], new: dict[str, Any], chat: dict[str, Any] = ROOM) -> bytes:
    change = {"chat": chat, "from": MINH, "date": 1795395600}
    return update(
        my_chat_member=change | {"old_chat_member": old | {"user": BOT}, "new_chat_member": new | {"user": BOT}}
    )


LEFT, MEMBER, KICKED = {"status": "left"}, {"status": "member"}, {"status": "kicked", "until_date": 0}


@pytest.mark.parametrize(
    ("old", "new", "chat", "act"),
    [
        (LEFT, MEMBER, ROOM, Act.ADDED),
        (LEFT, {"status": "administrator", "can_manage_chat": True}, ROOM, Act.ADDED),
        (LEFT, {"status": "restricted", "is_member": True}, ROOM, Act.ADDED),
        (MEMBER, KICKED, ROOM, Act.REMOVED),
        (MEMBER, {"status": "restricted", "is_member": False}, ROOM, Act.REMOVED),
        (MEMBER, KICKED, PRIVATE, Act.REMOVED),
        (KICKED, MEMBER, PRIVATE, Act.ADDED),
    ],
)
def test_coming_and_going_of_the_bot(old: dict[str, Any], new: dict[str, Any], chat: dict[str, Any], act: Act):
    told = read(membership(old, new, chat))
    assert (told.act, told.chat_id, told.user_id) == (act, str(chat["id"]), "1004")


def test_a_group_that_became_a_supergroup_tells_its_new_id():
    old = {"id": -4123, "title": "Phòng KT", "type": "group", "all_members_are_administrators": False}
    told = read(update(message=message(chat=old, migrate_to_chat_id=ROOM_ID)))
    assert (told.act, told.chat_id, told.moved_to) == (Act.MOVED, "-4123", str(ROOM_ID))


def test_an_anonymous_administrator_is_nobody_in_particular():
    told = read(says("/huy", **{"from": HIDDEN}, sender_chat=ROOM, author_signature="Trưởng phòng"))
    assert (told.anonymous, told.user_id, told.user_name) == (True, None, "Trưởng phòng")


def test_somebody_who_speaks_as_a_channel_is_nobody_in_particular():
    channel = {"id": -1009, "title": "Kênh của tôi", "type": "channel"}
    told = read(says("12", **{"from": HIDDEN | {"id": 136817688}}, sender_chat=channel))
    assert (told.anonymous, told.user_id) == (True, None)


CHANNEL = {"id": -1009, "title": "Tin tức", "type": "channel"}


@pytest.mark.parametrize(
    "raw",
    [
        says("Hôm nay mưa", **{"from": OTHER_BOT}),
        says("/help@thoi_tiet_bot"),
        says("tin mới", **{"from": HIDDEN | {"id": 777000}}, sender_chat=CHANNEL, is_automatic_forward=True),
        update(channel_post={"message_id": 1, "date": 1, "chat": CHANNEL, "text": "tin"}),
        update(message=message(new_chat_members=[LAN], new_chat_member=LAN)),
        update(message=message(pinned_message=message(text="x"))),
        update(message=message(migrate_from_chat_id=-4123)),
        update(edited_message=message(location={"latitude": 21.0, "longitude": 105.8}, edit_date=5)),
        update(chat_member={"chat": ROOM, "from": MINH, "date": 1}),
        update(poll={"id": "1", "question": "?"}),
        update(something_of_next_year={"deep": [1, 2, {"x": None}]}),
        membership(MEMBER, {"status": "administrator", "can_manage_chat": True}),
        membership(LEFT, MEMBER, CHANNEL),
        press(inline_message_id="abc"),
    ],
)
def test_what_does_not_concern_us_is_passed_over(raw: bytes):
    assert read(raw) is None
    assert number_of(raw) == 9001


def test_text_is_composed_and_holds_nothing_invisible_of_ours():
    raw = says("e\u0302\u0301 \ue000dậ\ue001m\u0000\r\nhai\rba\tbốn")
    assert read(raw).text == "ế dậm\nhai\nba\tbốn"


@pytest.mark.parametrize(
    ("raw", "key"),
    [
        (update(77, message={"message_id": 1}), "77"),
        (update(77, message=message(chat="Phòng KT")), "77"),
        (update(77, message=message(text="12", date=10**15)), "77"),
        (b'{"update_id": 77, "message": {"text": "\xff\xfe"}}', "77"),
        (b'{"update_id": "77"}', "raw-"),
        (b"<html>", "raw-"),
        (b"[" * 100_000, "raw-"),
    ],
)
def test_what_cannot_be_read_is_parked_whole(raw: bytes, key: str):
    poison = read(raw)
    assert isinstance(poison, Poison)
    assert (poison.raw, poison.bot) == (raw, "7000")
    assert poison.key.startswith(key)


def test_poison_does_not_say_what_the_message_said():
    poison = read(update(77, message=message(text="tôi dương tính", chat={"id": "tôi dương tính", "type": "group"})))
    assert "dương" not in poison.error


def test_the_same_unreadable_bytes_have_the_same_key():
    assert read(b"<html>").key == read(b"<html>").key != read(b"<htm>").key


def test_nothing_is_hidden_in_a_line_or_a_name():
    """Another direction or no width would make a line look like another one; a name of two lines like a line of ours."""
    assert read(says("\u202e12\u202c lượt, 1\u200b5\ufeff ca 👩\u200d⚕️")).text == "12 lượt, 15 ca 👩\u200d⚕️"
    fields = {"from": LAN | {"first_name": "\u202eLan\n✅ Đã duyệt", "last_name": "\u2066<b>\u2069"}}
    assert read(update(5, message=message(text="12", **fields))).user_name == "Lan ✅ Đã duyệt <b>"
