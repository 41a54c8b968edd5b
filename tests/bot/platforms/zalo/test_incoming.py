"""What Zalo's wire says, in the words of the house."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.platform import Identity, Poison
from bot.platforms.zalo.incoming import name_of, read_event
from storage.messages import Act, IncomingMessage, Unread
from tests.bot.platforms.zalo.stage import NOW

ME = Identity(platform="zalo", account="8800", username="bot.trucban", display_name="Bot Trực Ban")
LAN = {"id": "a1b2c3d4e5f60718293a", "display_name": "Nguyễn Thị Lan", "is_bot": False}
PRIVATE = {"id": LAN["id"], "chat_type": "PRIVATE"}
GROUP = {"id": "zgr-1a2b3c4d5e6f70819203", "chat_type": "GROUP"}


def event(name: str = "text", *, chat: dict[str, str] = PRIVATE, **message: Any) -> bytes:
    body = {"message_id": "7c1e90ab34d5f6021a7b", "date": 1790000000123, "from": LAN, "chat": chat} | message
    return json.dumps({"event_name": f"message.{name}.received", "message": body}).encode()


def read(raw: bytes) -> IncomingMessage:
    message = read_event(raw, ME, NOW)
    assert isinstance(message, IncomingMessage)
    return message


def test_a_text_in_private() -> None:
    message = read(event(text="Có mặt", message_type="CHAT_MESSAGE"))
    assert (message.act, message.text, message.addressed, message.is_private) == (Act.TEXT, "Có mặt", True, True)
    assert (message.chat_id, message.user_id, message.user_name) == (LAN["id"], LAN["id"], "Nguyễn Thị Lan")
    assert (message.key, message.message_id, message.bot) == ("7c1e90ab34d5f6021a7b", "7c1e90ab34d5f6021a7b", "8800")
    assert message.sent_at == datetime.fromtimestamp(1790000000.123, UTC)


def test_the_same_in_the_envelope_of_an_answer() -> None:
    flat = event(text="Có mặt")
    assert read(b'{"ok":true,"result":' + flat + b"}") == read(flat)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("@Bot Trực Ban trạng thái", "trạng thái"),
        ("@bot trực ban, 12 lượt khách", "12 lượt khách"),
        ("@Bot  Trực Ban: /huy", "/huy"),
        (unicodedata.normalize("NFD", "@Bot Trực Ban 12"), "12"),
        ("@bot.trucban 12", "12"),
        ("12 @Bot Trực Ban", "12 @Bot Trực Ban"),
        ("@Bot Trực Bang 12", "@Bot Trực Bang 12"),
        ("@Bot Trực", "@Bot Trực"),
    ],
)
def test_the_bots_name_at_the_head_of_a_line_is_zalos_affair(typed: str, meant: str) -> None:
    message = read(event(chat=GROUP, text=typed))
    assert (message.text, message.chat_type, message.chat_id) == (meant, "group", GROUP["id"])
    assert message.addressed


def test_only_the_bots_name_leaves_nothing_to_read() -> None:
    assert read(event(chat=GROUP, text="@Bot Trực Ban")).act is Act.UNSUPPORTED


@pytest.mark.parametrize("field", ["photo_url", "photo"])
def test_a_picture_comes_by_either_name_of_its_address(field: str) -> None:
    message = read(event("image", caption="Ảnh tại hiện trường", **{field: "https://photo.example/abc.jpg"}))
    assert message.file is not None
    assert (message.text, message.file.reference) == ("Ảnh tại hiện trường", "https://photo.example/abc.jpg")
    assert (message.file.kind, message.act) == ("photo", Act.TEXT)


def test_a_voice_message_comes_by_its_public_address() -> None:
    message = read(event("voice", voice_url="https://voice.example/abc.aac"))
    assert message.file is not None
    assert (message.act, message.file.kind, message.file.reference) == (
        Act.TEXT,
        "voice",
        "https://voice.example/abc.aac",
    )


@pytest.mark.parametrize("name", ["voice", "unsupported", "link"])
def test_what_nobody_can_read_is_unsupported(name: str) -> None:
    assert read(event(name)).act is Act.UNSUPPORTED


@pytest.mark.parametrize("name", ["link", "unsupported"])
def test_and_is_read_all_the_same_where_it_brings_a_text(name: str) -> None:
    message = read(event(name, text="Họp lúc 14:00 https://hop.example"))
    assert (message.act, message.text) == (Act.TEXT, "Họp lúc 14:00 https://hop.example")


@pytest.mark.parametrize(
    "raw",
    [
        event("sticker", sticker="90210"),
        b'{"event_name":"message.unsupported.received"}',
        event("poll", text="?"),
        event(**{"from": LAN | {"is_bot": True}}, text="chào"),
        event(**{"from": LAN | {"id": "8800"}}, text="chính mình"),
        b'{"event_name":"bot.joined"}',
        b"{}",
    ],
)
def test_what_does_not_concern_us_is_nothing(raw: bytes) -> None:
    assert read_event(raw, ME, NOW) is None


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        (1790000000, datetime.fromtimestamp(1790000000, UTC)),
        (0, NOW),
        (-5, NOW),
        (10**30, NOW),
    ],
)
def test_times_in_seconds_and_absurd_ones(date: float, moment: datetime) -> None:
    assert read(event(text="12", date=date)).sent_at == moment


def test_a_message_without_an_id_is_known_by_its_words() -> None:
    first, second = (read(event(text=words, message_id="")) for words in ("12", "13"))
    assert first.key == read(event(text="12", message_id="")).key != second.key
    assert first.message_id is None


@pytest.mark.parametrize(
    "raw", [event(text=12), event(chat={"id": 5}), b'{"event_name":"x","message":[]}', b"\xff", b"["]
)
def test_what_cannot_be_decoded_is_poison_and_kept_raw(raw: bytes) -> None:
    poison = read_event(raw, ME, NOW)
    assert isinstance(poison, Poison)
    assert (poison.raw, poison.platform) == (raw, "zalo")
    assert read_event(raw, ME, NOW) == poison


def test_marks_typed_by_people_and_control_characters_do_not_come_in() -> None:
    assert read(event(text="1\ue000\x002")).text == "12"


def test_the_name_of_an_event_is_known_before_it_is_read() -> None:
    assert name_of(event(text=12)) == "message.text.received"
    assert name_of(b"{}") is name_of(b"[1]") is name_of(b"") is None


@pytest.mark.parametrize(
    ("raw", "unread"),
    [
        (event("voice"), Unread.VOICE),
        (event("unsupported"), Unread.WITHHELD),
        (event("image"), Unread.WITHHELD),
        (event(chat=GROUP, text="@Bot Trực Ban "), Unread.ONLY_OUR_NAME),
    ],
)
def test_the_house_learns_what_it_was_so_that_it_can_say_how_to_say_it(raw: bytes, unread: Unread) -> None:
    assert read(raw).unread is unread
