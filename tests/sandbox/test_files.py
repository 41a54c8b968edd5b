"""Photos and documents, up and down."""

import base64

import aiohttp
import pytest

from tests.sandbox.conftest import BOT, TOKEN, UNIT, Office

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAIAAAA2iEnWAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg=="
)
REPORT = ("báo cáo.xlsx", b"PK\x03\x04 so lieu")


async def test_a_document_goes_up_once_and_then_by_its_id(office: Office) -> None:
    sent = await office.bot.send_files(
        "sendDocument", {"document": REPORT}, chat_id=UNIT, caption="<b>Ngày 22</b>", parse_mode="HTML"
    )
    document = sent.result["document"]
    assert (document["file_name"], document["file_size"]) == ("báo cáo.xlsx", len(REPORT[1]))
    assert sent.result["caption_entities"] == [{"type": "bold", "offset": 0, "length": 7}]
    again = await office.bot.call("sendDocument", chat_id=UNIT, document=document["file_id"])
    assert again["document"]["file_unique_id"] == document["file_unique_id"]
    refusal = await office.bot.refused("sendPhoto", chat_id=UNIT, photo=document["file_id"])
    assert refusal == "Bad Request: can't use file of type Document as Photo"


async def test_a_photo_of_a_person_comes_down_through_get_file(office: Office) -> None:
    form = aiohttp.FormData(quote_fields=False)
    for name, value in {"as": "1001", "room": BOT, "caption": "Phiếu", "kind": "photo"}.items():
        form.add_field(name, value)
    form.add_field("file", PNG, filename="phieu.png", content_type="image/png")
    async with office.http.post("/human/upload", data=form) as response:
        assert response.status == 200
    (update,) = await office.bot.updates()
    (size,) = update["message"]["photo"]
    assert (size["width"], size["height"], update["message"]["caption"]) == (2, 3, "Phiếu")
    file = await office.bot.call("getFile", file_id=size["file_id"])
    async with office.http.get(f"/file/bot{TOKEN}/{file['file_path']}") as response:
        assert await response.read() == PNG
    async with office.http.get(f"/human/file/{size['file_id']}") as response:
        assert response.headers["Content-Type"] == "image/png"
    async with office.http.get(f"/file/bot{TOKEN}/photos/none.png") as response:
        assert (await response.json())["error_code"] == 404


async def test_albums_hold_two_to_ten_of_a_kind(office: Office) -> None:
    media = [{"type": "photo", "media": "attach://a", "caption": "Hai ảnh"}, {"type": "photo", "media": "attach://b"}]
    album = await office.bot.send_files(
        "sendMediaGroup", {"a": ("a.png", PNG), "b": ("b.png", PNG)}, chat_id=UNIT, media=media
    )
    first, second = album.result
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("Hai ảnh", False)
    assert "wrong number" in await office.bot.refused("sendMediaGroup", chat_id=UNIT, media=media[:1])


async def test_captions_are_edited_and_counted(office: Office) -> None:
    sent = (await office.bot.send_files("sendDocument", {"document": REPORT}, chat_id=UNIT)).result
    where = {"chat_id": UNIT, "message_id": sent["message_id"]}
    assert (await office.bot.call("editMessageCaption", caption="Bản cuối", **where))["caption"] == "Bản cuối"
    assert "caption is too long" in await office.bot.refused("editMessageCaption", caption="a" * 1025, **where)
    assert "there is no text" in await office.bot.refused("editMessageText", text="x", **where)


async def test_what_is_no_picture_or_no_file_is_refused(office: Office) -> None:
    odd = await office.bot.send_files("sendPhoto", {"photo": ("a.jpg", b"khong phai anh")}, chat_id=UNIT)
    assert odd.description == "Bad Request: IMAGE_PROCESS_FAILED"
    empty = await office.bot.send_files("sendDocument", {"document": ("a.txt", b"")}, chat_id=UNIT)
    assert empty.description == "Bad Request: file must be non-empty"
    assert "there is no document" in await office.bot.refused("sendDocument", chat_id=UNIT)
    assert "wrong file identifier" in await office.bot.refused("sendDocument", chat_id=UNIT, document="khong-co")
    big = {"photo": ("to.png", PNG + b"1" * 10_485_760)}
    refused = await office.bot.send_files("sendPhoto", big, chat_id=UNIT)
    assert "is too big for a photo; the maximum size is 10485760 bytes" in refused.description


async def test_what_is_too_large_to_send_or_to_fetch(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.telegram.methods.attaching.DOWNLOAD_LIMIT", 2_000)
    monkeypatch.setattr("sandbox.telegram.request_body.UPLOAD_LIMIT", 5_000)
    sent = await office.bot.send_files("sendDocument", {"document": ("lon.bin", b"1" * 2_001)}, chat_id=UNIT)
    file_id = sent.result["document"]["file_id"]
    assert await office.bot.refused("getFile", file_id=file_id) == "Bad Request: file is too big"
    huge = await office.bot.send_files("sendDocument", {"document": ("x.bin", b"1" * 5_001)}, chat_id=UNIT)
    assert (huge.error_code, huge.description) == (413, "Request Entity Too Large")


async def test_files_of_one_size_may_only_come_so_fast(office: Office) -> None:
    await office.post("/limits", enforced=True, per_second=1000, per_chat=1000, per_group_minute=1000)
    content = ("dam.bin", b"\0" * 150_000)
    answers = [await office.bot.send_files("sendDocument", {"document": content}, chat_id=UNIT) for _ in range(8)]
    slow = [answer for answer in answers if not answer.ok]
    assert slow
    assert slow[0].parameters == {"retry_after": 60}
