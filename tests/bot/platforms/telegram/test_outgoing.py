"""What the adapter asks of the Bot API, word for word, and what it does when a detail is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.platform import Attachment, DeliveryError, Menu, Reason
from bot.platforms.telegram import TelegramPlatform
from storage.messages import BOLD_OFF, BOLD_ON, Button, Deed, OutgoingFile, OutgoingMessage
from tests.bot.platforms.telegram.gate import SENT, Gate, hangs_up, raw, refuses, says
from tests.bot.platforms.telegram.updates import DOCUMENT, PHOTO, ROOM_ID

BOLD_NOTE = f"Hạn {BOLD_ON}16:30{BOLD_OFF} & sớm"
BUTTONS = ((Button("Đã nhận", "ack:17"),), (Button("Hỏi lại", "ask:17"),))
LONG = "\n\n".join("Điều " + "a" * 1500 for _ in range(6))  # three parts


def note(text: str = "Chào phòng", **fields: Any) -> OutgoingMessage:
    return OutgoingMessage(
        **({"platform": "telegram", "chat_id": str(ROOM_ID), "text": text, "is_group": True} | fields)
    )


async def test_a_plain_message_asks_for_html_and_no_preview(gate: Gate, telegram: TelegramPlatform):
    delivered = await telegram.deliver(note(BOLD_NOTE))
    (asked,) = gate.calls_of("sendMessage")
    assert delivered.message_id == "100"
    assert asked == {
        "chat_id": str(ROOM_ID),
        "text": "Hạn <b>16:30</b> &amp; sớm",
        "parse_mode": "HTML",
        "link_preview_options": '{"is_disabled": true}',
    }


async def test_everything_a_message_may_carry_is_asked_for(gate: Gate, telegram: TelegramPlatform):
    await telegram.deliver(note(reply_to="41", thread_id="7", silent=True, buttons=BUTTONS, asks_reply=True))
    (asked,) = gate.calls_of("sendMessage")
    assert (asked["message_thread_id"], asked["disable_notification"]) == ("7", "true")
    assert json.loads(asked["reply_parameters"]) == {"message_id": 41, "allow_sending_without_reply": True}
    rows = json.loads(asked["reply_markup"])["inline_keyboard"]
    assert [[(button["text"], button["callback_data"]) for button in row] for row in rows] == [
        [("Đã nhận", "ack:17")],
        [("Hỏi lại", "ask:17")],
    ]


@pytest.mark.parametrize(("is_group", "opens"), [(True, True), (False, False)])
async def test_a_question_opens_the_reply_box_in_groups(
    gate: Gate, telegram: TelegramPlatform, is_group: bool, opens: bool
):
    await telegram.deliver(note("Bao nhiêu lượt?", asks_reply=True, is_group=is_group))
    (asked,) = gate.calls_of("sendMessage")
    markup = json.loads(asked["reply_markup"]) if opens else asked.get("reply_markup")
    assert markup == ({"force_reply": True, "selective": True} if opens else None)


async def test_refused_formatting_falls_back_to_plain_words(gate: Gate, telegram: TelegramPlatform):
    gate.lay_out("sendMessage", refuses(400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 5"))
    await telegram.deliver(note(BOLD_NOTE, buttons=BUTTONS))
    _, second = gate.calls_of("sendMessage")
    assert second["text"] == "Hạn 16:30 & sớm"
    assert "parse_mode" not in second
    assert "reply_markup" in second


@pytest.mark.parametrize("refusal", ["message thread not found", "TOPIC_CLOSED"])
async def test_when_the_topic_is_gone_the_message_goes_to_the_room(
    gate: Gate, telegram: TelegramPlatform, refusal: str
):
    gate.lay_out("sendMessage", refuses(400, f"Bad Request: {refusal}"))
    await telegram.deliver(note(thread_id="7", reply_to="41"))
    assert "message_thread_id" not in gate.calls_of("sendMessage")[1]


async def test_only_the_first_part_replies_and_only_the_last_has_buttons(gate: Gate, telegram: TelegramPlatform):
    gate.lay_out("sendMessage", *(says(SENT | {"message_id": number}) for number in (101, 102, 103)))
    delivered = await telegram.deliver(note(LONG, buttons=BUTTONS, reply_to="41"))
    asked = gate.calls_of("sendMessage")
    assert ["reply_parameters" in part for part in asked] == [True, False, False]
    assert ["reply_markup" in part for part in asked] == [False, False, True]
    assert delivered.message_id == "103"


async def test_between_parts_a_short_flood_is_sat_out(gate: Gate, telegram: TelegramPlatform):
    flood = refuses(429, "Too Many Requests: retry after 0", retry_after=0)
    gate.lay_out("sendMessage", says(SENT), flood, says(SENT), says(SENT | {"message_id": 103}))
    assert (await telegram.deliver(note(LONG))).message_id == "103"


@pytest.mark.parametrize(
    "failure",
    [
        refuses(429, "Too Many Requests: retry after 60", retry_after=60),
        refuses(500, "Internal Server Error"),
        refuses(403, "Forbidden: bot was kicked from the supergroup chat"),
    ],
    ids=["429", "500", "403"],
)
async def test_a_message_that_went_out_in_part_is_doubtful(gate: Gate, telegram: TelegramPlatform, failure: Any):
    gate.lay_out("sendMessage", says(SENT), failure)
    with pytest.raises(DeliveryError) as caught:
        await telegram.deliver(note(LONG))
    assert caught.value.reason is Reason.UNCERTAIN


async def test_before_the_first_part_is_out_a_failure_is_what_it_is(gate: Gate, telegram: TelegramPlatform):
    gate.lay_out("sendMessage", refuses(500, "Internal Server Error"))
    with pytest.raises(DeliveryError) as caught:
        await telegram.deliver(note(LONG))
    assert caught.value.reason is Reason.AWAY


async def test_a_board_of_any_length_fits_its_message(gate: Gate, telegram: TelegramPlatform):
    await telegram.deliver(note(LONG), edits="55")
    (asked,) = gate.calls_of("editMessageText")
    assert len(asked["text"]) <= 4096
    assert asked["text"].endswith("…")


@pytest.mark.parametrize(
    ("deed", "method"),
    [
        ({"edits": "55"}, "editMessageText"),
        ({"deed": Deed.REACT, "emoji": "👍", "reply_to": "41"}, "setMessageReaction"),
        ({"deed": Deed.CLOSE_PRESS, "press_id": "9"}, "answerCallbackQuery"),
    ],
    ids=["edit", "react", "close"],
)
async def test_what_may_be_done_twice_is_never_in_doubt(
    gate: Gate, telegram: TelegramPlatform, deed: dict[str, Any], method: str
):
    gate.lay_out(method, hangs_up())
    edits = deed.pop("edits", None)
    with pytest.raises(DeliveryError) as caught:
        await telegram.deliver(note(**deed), edits=edits)
    assert caught.value.reason is Reason.AWAY


async def test_a_press_from_yesterday_needs_no_closing(gate: Gate, telegram: TelegramPlatform):
    old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    gate.lay_out("answerCallbackQuery", refuses(400, old))
    await telegram.deliver(note(deed=Deed.CLOSE_PRESS, press_id="9"))


async def test_an_unchanged_board_is_a_success(gate: Gate, telegram: TelegramPlatform):
    same = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    gate.lay_out("editMessageText", refuses(400, same))
    assert (await telegram.deliver(note("2/7"), edits="55")).message_id == "55"


@pytest.mark.parametrize(
    ("file", "first", "second", "refusal"),
    [
        (None, "editMessageText", "editMessageCaption", "there is no text in the message to edit"),
        (
            OutgoingFile(name="a.pdf"),
            "editMessageCaption",
            "editMessageText",
            "there is no caption in the message to edit",
        ),
    ],
)
async def test_a_board_is_found_under_a_file_or_without_one(
    gate: Gate, telegram: TelegramPlatform, file: OutgoingFile | None, first: str, second: str, refusal: str
):
    gate.lay_out(first, refuses(400, f"Bad Request: {refusal}"))
    await telegram.deliver(note("2/7", file=file), edits="55")
    assert len(gate.calls_of(second)) == 1


PDF = OutgoingFile(name="Công văn 1722.pdf", file_id=3)
PICTURE = OutgoingFile(name="Sơ đồ.jpg", kind="photo", file_id=4)
SENT_FILE = SENT | {"document": DOCUMENT}
SENT_PHOTO = SENT | {"photo": PHOTO[:2]}


async def test_a_document_keeps_its_name_and_tells_its_reference(gate: Gate, telegram: TelegramPlatform):
    gate.lay_out("sendDocument", says(SENT_FILE))
    delivered = await telegram.deliver(
        note("Công văn", file=PDF, buttons=BUTTONS), attachment=Attachment(PDF.name, b"%PDF" * 500_000)
    )
    call = gate.calls[-1]
    assert delivered.file_reference == "BQAC-1"
    assert list(call.files.values()) == [("Công văn 1722.pdf", b"%PDF" * 500_000)]
    assert (call.fields["caption"], call.fields["parse_mode"]) == ("Công văn", "HTML")
    assert call.fields["disable_content_type_detection"] == "true"
    assert "ack:17" in call.fields["reply_markup"]


async def test_a_known_file_is_sent_by_its_reference(gate: Gate, telegram: TelegramPlatform):
    gate.lay_out("sendDocument", says(SENT_FILE))
    file = OutgoingFile(name="a.pdf", reference="BQAC-1")
    await telegram.deliver(note(file=file), attachment=Attachment("a.pdf", b"%PDF"))
    assert gate.calls[-1].files == {}
    assert gate.calls[-1].fields["document"] == "BQAC-1"


async def test_a_stale_reference_is_replaced_by_the_bytes(gate: Gate, telegram: TelegramPlatform):
    gate.lay_out("sendDocument", refuses(400, "Bad Request: wrong file identifier/HTTP URL specified"), says(SENT_FILE))
    file = OutgoingFile(name="a.pdf", reference="old")
    delivered = await telegram.deliver(note(file=file), attachment=Attachment("a.pdf", b"%PDF"))
    assert delivered.file_reference == "BQAC-1"


async def test_a_photo_is_a_photo(gate: Gate, telegram: TelegramPlatform):
    gate.lay_out("sendPhoto", says(SENT_PHOTO))
    delivered = await telegram.deliver(note(file=PICTURE), attachment=Attachment(PICTURE.name, b"\xff\xd8"))
    assert delivered.file_reference == "large"


async def test_a_picture_that_is_no_photo_goes_as_a_document(gate: Gate, telegram: TelegramPlatform):
    gate.lay_out("sendPhoto", refuses(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"))
    gate.lay_out("sendDocument", says(SENT_FILE))
    await telegram.deliver(note(file=PICTURE), attachment=Attachment(PICTURE.name, b"\xff\xd8"))
    assert len(gate.calls_of("sendDocument")) == 1


async def test_a_picture_too_heavy_for_a_photo_goes_as_a_document(gate: Gate, telegram: TelegramPlatform):
    gate.lay_out("sendDocument", says(SENT_FILE))
    await telegram.deliver(note(file=PICTURE), attachment=Attachment(PICTURE.name, bytes(10_000_001)))
    assert gate.calls_of("sendPhoto") == []


async def test_a_picture_once_sent_as_a_document_stays_one(gate: Gate, telegram: TelegramPlatform):
    gate.lay_out("sendPhoto", refuses(400, "Bad Request: can't use file of type Document as Photo"))
    gate.lay_out("sendDocument", says(SENT_FILE))
    await telegram.deliver(note(file=PICTURE), attachment=Attachment(PICTURE.name, reference="BQAC-1"))
    assert gate.calls_of("sendDocument")[0]["document"] == "BQAC-1"


async def test_a_text_too_long_for_a_caption_follows_its_file(gate: Gate, telegram: TelegramPlatform):
    gate.lay_out("sendDocument", says(SENT_FILE))
    gate.lay_out("sendMessage", says(SENT | {"message_id": 102}))
    delivered = await telegram.deliver(
        note("a" * 1025, file=PDF, buttons=BUTTONS, reply_to="41"), attachment=Attachment(PDF.name, b"%PDF")
    )
    (document,), (text,) = gate.calls_of("sendDocument"), gate.calls_of("sendMessage")
    assert (document.get("caption", ""), "reply_markup" in document, "reply_parameters" in document) == (
        "",
        False,
        True,
    )
    assert "reply_markup" in text
    assert (delivered.message_id, delivered.file_reference) == ("102", "BQAC-1")


@pytest.mark.parametrize("kind", ["video", "animation", "voice", "audio"])
async def test_a_film_or_voice_message_is_passed_on_by_the_call_of_its_kind(
    gate: Gate, telegram: TelegramPlatform, kind: Any
):
    file = OutgoingFile(name="kho.mp4", reference="F-1", kind=kind)
    await telegram.deliver(note(BOLD_NOTE, file=file), attachment=Attachment(file.name, reference="F-1"))
    asked = gate.calls[-1]
    assert asked.method == "send" + kind.title()
    assert (asked.fields[kind], asked.fields["caption"]) == ("F-1", "Hạn <b>16:30</b> &amp; sớm")


async def test_a_round_film_bears_no_words_so_they_follow_it(gate: Gate, telegram: TelegramPlatform):
    file = OutgoingFile(name="tron.mp4", reference="F-1", kind="video_note")
    await telegram.deliver(note("Cháy kho", file=file, buttons=BUTTONS), attachment=Attachment("x", reference="F-1"))
    film, words = gate.calls[-2:]
    assert (film.method, film.fields) == ("sendVideoNote", {"chat_id": str(ROOM_ID), "video_note": "F-1"})
    assert (words.method, words.fields["text"], "reply_markup" in words.fields) == ("sendMessage", "Cháy kho", True)


@pytest.mark.parametrize(
    "refusal", ["VOICE_MESSAGES_FORBIDDEN", "wrong file identifier/HTTP URL specified", "can't use file of type Voice"]
)
async def test_who_cannot_be_sent_the_voice_message_reads_its_words(
    gate: Gate, telegram: TelegramPlatform, refusal: str
):
    """An alert is not lost to a person who takes no voice messages."""
    gate.lay_out("sendVoice", refuses(400, f"Bad Request: {refusal}"))
    gate.lay_out("sendDocument", refuses(400, f"Bad Request: {refusal}"))
    file = OutgoingFile(name="tin-thoai-41.ogg", reference="V-1", kind="voice")
    await telegram.deliver(note("chị Lan báo thêm", file=file), attachment=Attachment(file.name, reference="V-1"))
    (said,) = gate.calls_of("sendMessage")
    assert said["text"].startswith("chị Lan báo thêm\n\n📎 “tin-thoai-41.ogg” không gửi kèm được")


async def test_a_chat_that_is_gone_is_gone_with_a_film_too(gate: Gate, telegram: TelegramPlatform):
    gate.lay_out("sendVideo", refuses(400, "Bad Request: chat not found"))
    file = OutgoingFile(name="kho.mp4", reference="F-1", kind="video")
    with pytest.raises(DeliveryError) as caught:
        await telegram.deliver(note(file=file), attachment=Attachment(file.name, reference="F-1"))
    assert caught.value.reason is Reason.UNREACHABLE
    assert gate.calls_of("sendMessage") == []


async def test_a_file_of_which_nothing_is_left_is_refused(telegram: TelegramPlatform):
    with pytest.raises(DeliveryError) as caught:
        await telegram.deliver(note(file=PDF))
    assert caught.value.reason is Reason.REFUSED


async def test_commands_are_vietnamese_for_everybody_in_each_scope(gate: Gate, telegram: TelegramPlatform):
    menus = [Menu(scope, (("huy", "Hủy việc đang làm"),)) for scope in ("private", "groups", "administrators")]
    await telegram.announce_commands(menus)
    asked = gate.calls_of("setMyCommands")
    assert [(json.loads(call["scope"])["type"], call.get("language_code")) for call in asked] == [
        (scope, language)
        for scope in ("all_private_chats", "all_group_chats", "all_chat_administrators")
        for language in (None, "vi")
    ]
    assert json.loads(asked[0]["commands"]) == [{"command": "huy", "description": "Hủy việc đang làm"}]


async def test_a_file_beyond_twenty_megabytes_is_refused_in_plain_words(gate: Gate, telegram: TelegramPlatform):
    gate.lay_out("getFile", refuses(400, "Bad Request: file is too big"))
    gate.lay_out("getFile", says({"file_id": "x", "file_unique_id": "y", "file_size": 20_000_001, "file_path": "d/1"}))
    for _ in range(2):
        with pytest.raises(DeliveryError) as caught:
            await telegram.download("x")
        assert caught.value.reason is Reason.REFUSED
        assert "20 MB" in caught.value.detail


async def test_a_download_that_breaks_off_may_be_tried_again(gate: Gate, telegram: TelegramPlatform):
    file = says({"file_id": "x", "file_unique_id": "y", "file_size": 3, "file_path": "documents/a b.pdf"})
    gate.lay_out("getFile", file, file)
    gate.lay_out("file", *[hangs_up()] * 5)
    with pytest.raises(DeliveryError) as caught:
        await telegram.download("x")
    assert caught.value.reason is Reason.AWAY
    gate.laid_out["file"].clear()
    gate.lay_out("file", raw(200, b"%PD", "application/pdf"))
    assert await telegram.download("x") == b"%PD"
