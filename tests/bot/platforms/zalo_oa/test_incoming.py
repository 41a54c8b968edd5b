"""Events of the Official Account, one by one: what each says to the house, whatever a source names its fields."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platform import Identity, Poison
from bot.platforms.zalo_oa.incoming import PRESS_MARK, concerns_us, read_event
from storage.messages import Act, IncomingMessage, Unread

ME = Identity(
    platform="zalo_oa", account="4000000000000000007", username="4000000000000000007", display_name="Trực Ban"
)
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
AT = datetime(2026, 11, 23, 0, 59, 30, tzinfo=UTC)
LAN, ROOM = "3000000000000000042", "f414c8f76fa586fbdfb4"


def event(name: str, **fields: Any) -> bytes:
    usual = {"event_name": name, "timestamp": str(int(AT.timestamp() * 1000)), "app_id": "1", "oa_id": ME.account}
    return json.dumps(usual | fields, ensure_ascii=False).encode()


def heard(raw: bytes) -> IncomingMessage:
    message = read_event(raw, ME, NOW)
    assert isinstance(message, IncomingMessage), message
    return message


def private(name: str = "user_send_text", **message: Any) -> IncomingMessage:
    told = {"msg_id": "m1", **message}
    return heard(event(name, sender={"id": LAN}, recipient={"id": ME.account}, message=told))


def in_group(text: str, **fields: Any) -> IncomingMessage:
    told = {"sender": {"id": LAN}, "recipient": {"id": ROOM}, "message": {"msg_id": "m1", "text": text}}
    return heard(event("user_send_group_text", **(told | fields)))


def test_a_private_text_arrives():
    said = private(text="Tôi sốt\r\n38 độ\x00")
    assert (said.act, said.text, said.chat_id, said.user_id, said.chat_type) == (
        Act.TEXT,
        "Tôi sốt\n38 độ",
        LAN,
        LAN,
        "private",
    )
    assert (said.key, said.message_id, said.sent_at, said.bot) == ("m1", "m1", AT, ME.account)
    assert (said.addressed, said.by_words) == (True, False)


def test_a_hidden_answer_is_a_press():
    pressed = private(text=f"{PRESS_MARK}ack:17")
    assert (pressed.act, pressed.pressed, pressed.text) == (Act.PRESS, "ack:17", "")
    assert (pressed.press_id, pressed.message_id) == ("m1", None)


def test_the_words_of_a_press_typed_in_a_group_press_nothing():
    assert in_group(f"{PRESS_MARK}ack:17").act is Act.TEXT


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"recipient": {"group_id": ROOM, "id": ME.account}},
        {"recipient": {"id": ME.account}, "group_id": ROOM},
        {"recipient": None, "message": {"msg_id": "m1", "text": "12", "conversation_id": ROOM}},
    ],
)
def test_the_group_is_found_wherever_a_source_puts_it(fields: dict[str, Any]):
    said = in_group("12", **fields)
    assert (said.chat_id, said.chat_type, said.addressed, said.by_words) == (ROOM, "group", False, True)


@pytest.mark.parametrize(
    ("text", "addressed", "rest"),
    [
        ("@Trực Ban 12 lượt", True, "12 lượt"),
        ("@trực  ban: 12 lượt", True, "12 lượt"),
        ("hỏi @Trực Ban xem", True, "hỏi @Trực Ban xem"),
        ("/conthieu", True, "/conthieu"),
        ("Trực Ban ơi", False, "Trực Ban ơi"),
    ],
)
def test_whoever_names_the_account_speaks_to_it(text: str, rest: str, *, addressed: bool):
    said = in_group(text)
    assert (said.addressed, said.text) == (addressed, rest)


def test_an_answer_tells_what_it_answers():
    assert private(text="12", quote_msg_id="m0").reply_to == "m0"


def test_the_name_of_a_file_is_one_line():
    """It stands in our sentences, and in the headers under which the file is sent on."""
    payload = {"url": "https://f.zdn.vn/x", "name": "danh\r\nsách\u202e.xlsx"}
    file = private("user_send_file", attachments=[{"type": "file", "payload": payload}]).file
    assert file is not None
    assert file.name == "danh sách.xlsx"


def test_files_and_pictures_arrive():
    payload = {"url": "https://f.zdn.vn/a.pdf", "name": "Kế hoạch.pdf", "size": "1234"}
    document = private("user_send_file", attachments=[{"type": "file", "payload": payload}]).file
    assert document is not None
    assert (document.reference, document.name, document.size) == ("https://f.zdn.vn/a.pdf", "Kế hoạch.pdf", 1234)
    picture = private("user_send_image", text="hiện trường", attachments=[{"payload": {"url": "https://f.zdn.vn/b"}}])
    assert picture.text == "hiện trường"
    assert picture.file is not None
    assert (picture.file.name, picture.file.kind) == ("anh-m1.jpg", "photo")


@pytest.mark.parametrize(
    ("kind", "seen", "name"), [("video", "video", "phim-m1.mp4"), ("audio", "voice", "tin-thoai-m1.amr")]
)
def test_a_film_and_a_voice_message_arrive_by_their_address(kind: str, seen: str, name: str):
    told = private(f"user_send_{kind}", attachments=[{"type": kind, "payload": {"url": "https://f.zdn.vn/c"}}])
    assert told.file is not None
    assert (told.act, told.file.kind, told.file.name) == (Act.TEXT, seen, name)
    assert told.file.reference == "https://f.zdn.vn/c"


@pytest.mark.parametrize("figures", [(10.045212, 105.7469), ("10.045212", "105.7469")])
def test_a_point_on_the_map_is_told_in_figures(figures: tuple[Any, Any]):
    place = dict(zip(("latitude", "longitude"), figures, strict=True))
    told = private("user_send_location", attachments=[{"type": "location", "payload": {"coordinates": place}}])
    assert (told.act, told.unread, told.text) == (Act.UNSUPPORTED, Unread.PLACE, "10.04521,105.74690")


@pytest.mark.parametrize("kind", ["location", "audio", "video", "business_card"])
def test_what_nobody_can_read_is_said_to_be_so(kind: str):
    assert private(f"user_send_{kind}", attachments=[{"type": kind, "payload": {}}]).act is Act.UNSUPPORTED


@pytest.mark.parametrize("kind", ["sticker", "gif"])
def test_a_nod_needs_no_answer(kind: str):
    assert not concerns_us(f"user_send_{kind}")
    assert not concerns_us(f"user_send_group_{kind}")
    assert read_event(event(f"user_send_{kind}", sender={"id": LAN}), ME, NOW) is None


@pytest.mark.parametrize(
    ("name", "fields", "act", "chat"),
    [
        ("follow", {"follower": {"id": LAN}}, Act.ADDED, LAN),
        ("unfollow", {"follower": {"id": LAN}}, Act.REMOVED, LAN),
        ("user_withdraw", {"sender": {"id": LAN}}, Act.WITHDRAWN, LAN),
        ("create_group", {"group_id": ROOM}, Act.ADDED, ROOM),
        ("delete_group", {"group_id": ROOM}, Act.REMOVED, ROOM),
        ("disperse_group", {"group_id": ROOM}, Act.REMOVED, ROOM),
        ("user_out_group", {"group_id": ROOM, "users": [{"id": ME.account}]}, Act.REMOVED, ROOM),
        ("user_leave_group", {"group_id": ROOM, "users": [{"id": ME.account}]}, Act.REMOVED, ROOM),
    ],
)
def test_comings_and_goings_arrive(name: str, fields: dict[str, Any], act: Act, chat: str):
    happened = heard(event(name, **fields))
    assert (happened.act, happened.chat_id, happened.sent_at) == (act, chat, AT)


def test_when_somebody_else_leaves_a_group_it_is_no_affair_of_ours():
    assert read_event(event("user_out_group", group_id=ROOM, users=[{"id": LAN}]), ME, NOW) is None


def test_what_we_said_ourselves_is_not_heard():
    assert not concerns_us("oa_send_text")
    own = event("user_send_text", sender={"id": ME.account}, message={"msg_id": "m1", "text": "12"})
    assert read_event(own, ME, NOW) is None


@pytest.mark.parametrize("timestamp", ["", "abc", "-5", "9" * 30, 0])
def test_an_absurd_time_is_not_believed(timestamp: Any):
    raw = event("user_send_text", sender={"id": LAN}, message={"msg_id": "m1", "text": "12"}, timestamp=timestamp)
    assert heard(raw).sent_at == NOW


@given(st.binary(max_size=300))
def test_any_bytes_are_a_message_poison_or_nothing(raw: bytes):
    found = read_event(raw, ME, NOW)
    assert found is None or isinstance(found, IncomingMessage | Poison)
