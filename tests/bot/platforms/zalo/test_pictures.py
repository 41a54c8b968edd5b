"""Pictures and files on Zalo: by public address where this server has one, else with a word about it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.platform import Attachment, DeliveryError, Reason
from bot.platforms.zalo import ZaloPlatform
from bot.platforms.zalo.showcase import PATH, Showcase
from storage.messages import BOLD_OFF, BOLD_ON, OutgoingFile, OutgoingMessage
from tests.bot.platforms.listening import House
from tests.bot.platforms.zalo.gate import Gate, refuses
from tests.bot.platforms.zalo.stage import NOW, ZaloStage, zalo_stage
from tests.crash.process import free_port
from tests.sandbox.test_files import PNG

PHOTO = OutgoingFile(name="so-do.png", file_id=1, kind="photo")
SHEET = OutgoingFile(name="Danh sách.xlsx", file_id=2)


def note(text: str, file: OutgoingFile, chat: str = "a1b2") -> OutgoingMessage:
    return OutgoingMessage(platform="zalo", chat_id=chat, text=text, file=file)


@asynccontextmanager
async def with_a_public_address(folder: Path) -> AsyncIterator[ZaloStage]:
    """The platform's routes on a web server, at the address that Zalo was told."""
    port = free_port()
    async with zalo_stage(public_url=f"http://127.0.0.1:{port}/ngoai", pictures=folder) as stage:
        application = web.Application()
        application.add_routes(list(stage.platform.routes(House().receive)))
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield stage
        await runner.cleanup()


async def test_a_picture_is_hung_out_and_fetched_with_its_words_under_it(tmp_path: Path) -> None:
    async with with_a_public_address(tmp_path) as stage:
        words = note(f"Sơ đồ {BOLD_ON}tầng 2{BOLD_OFF}", PHOTO, stage.private)
        await stage.platform.deliver(words, attachment=Attachment("so-do.png", PNG))
        message = (await stage.messages(stage.private))[-1]
        assert message["caption"] == "Sơ đồ tầng 2"
        async with stage.http.get(f"{stage.sandbox.url}/human/file/{message['photo'][-1]['file_id']}") as answer:
            assert await answer.read() == PNG


async def test_long_words_follow_their_picture(tmp_path: Path) -> None:
    async with with_a_public_address(tmp_path) as stage:
        words = note("chữ " * 600, PHOTO, stage.private)
        await stage.platform.deliver(words, attachment=Attachment("so-do.png", PNG))
        shape = [("photo" in message, bool(message.get("text"))) for message in await stage.messages(stage.private)]
    assert shape == [(True, False), (False, True), (False, True)]


async def test_a_picture_that_came_by_zalo_goes_by_its_own_address(gate: Gate, zalo: ZaloPlatform) -> None:
    address = "https://photo.example/abc.jpg"
    await zalo.deliver(note("Ảnh", PHOTO), attachment=Attachment("so-do.png", reference=address))
    assert gate.calls_of("sendPhoto") == [{"chat_id": "a1b2", "photo": address, "caption": "Ảnh"}]


@pytest.mark.parametrize(
    ("file", "attachment", "what"),
    [
        (PHOTO, Attachment("so-do.png", PNG), "Ảnh “so-do.png”"),
        (PHOTO, Attachment("so-do.png", reference="AgACAgUAAx"), "Ảnh “so-do.png”"),
        (SHEET, Attachment("Danh sách.xlsx", b"PK.."), "Tệp “Danh sách.xlsx”"),
        (SHEET, None, "Tệp “Danh sách.xlsx”"),
    ],
)
async def test_what_cannot_go_is_named_beside_the_words(
    gate: Gate, zalo: ZaloPlatform, file: OutgoingFile, attachment: Attachment | None, what: str
) -> None:
    await zalo.deliver(note("Công văn 1722", file), attachment=attachment)
    [said] = gate.calls_of("sendMessage")
    assert said["text"].startswith("Công văn 1722\n\n")
    assert what in said["text"]
    assert gate.calls_of("sendPhoto") == []


async def test_a_picture_zalo_does_not_take_leaves_its_words(gate: Gate, zalo: ZaloPlatform) -> None:
    gate.lay_out("sendPhoto", refuses(400))
    attachment = Attachment("so-do.png", reference="https://photo.example/gone.jpg")
    await zalo.deliver(note("Sơ đồ", PHOTO), attachment=attachment)
    assert gate.calls_of("sendMessage")[0]["text"].startswith("Sơ đồ\n\n🖼")


VOICE = OutgoingFile(name="tin-thoai-1.aac", kind="voice", reference="https://voice.example/abc.aac?e=1")
HEARD = Attachment(VOICE.name, reference=VOICE.reference)


async def test_a_voice_message_goes_by_its_own_address_and_its_words_follow(gate: Gate, zalo: ZaloPlatform) -> None:
    await zalo.deliver(note("chị Lan báo thêm", VOICE), attachment=HEARD)
    assert gate.calls_of("sendVoice") == [{"chat_id": "a1b2", "voice_url": VOICE.reference}]
    assert [said["text"] for said in gate.calls_of("sendMessage")] == ["chị Lan báo thêm"]


@pytest.mark.parametrize(
    ("reference", "is_group"), [("https://voice.example/a.mp3", False), (VOICE.reference, True), ("AwACAg", False)]
)
async def test_a_voice_message_zalo_would_not_play_is_named(
    gate: Gate, zalo: ZaloPlatform, reference: str, is_group: bool
) -> None:
    """To a group Zalo answers "ok" and delivers nothing."""
    message = replace(note("Tin", VOICE), is_group=is_group)
    await zalo.deliver(message, attachment=Attachment(VOICE.name, reference=reference))
    assert gate.calls_of("sendVoice") == []
    assert "🎤 Tin thoại “tin-thoai-1.aac” không gửi được" in gate.calls_of("sendMessage")[0]["text"]


async def test_a_voice_message_zalo_refuses_leaves_its_words(gate: Gate, zalo: ZaloPlatform) -> None:
    gate.lay_out("sendVoice", refuses(400))
    await zalo.deliver(note("chị Lan báo thêm", VOICE), attachment=HEARD)
    assert gate.calls_of("sendMessage")[0]["text"].startswith("chị Lan báo thêm\n\n🎤")


async def test_a_picture_whose_answer_is_lost_is_doubtful(gate: Gate, zalo: ZaloPlatform) -> None:
    gate.lay_out("sendPhoto", refuses(408))
    attachment = Attachment("so-do.png", reference="https://photo.example/a.jpg")
    with pytest.raises(DeliveryError) as caught:
        await zalo.deliver(note("Sơ đồ", PHOTO), attachment=attachment)
    assert caught.value.reason is Reason.UNCERTAIN
    assert gate.calls_of("sendMessage") == []


async def test_pictures_come_down_after_two_days_and_only_pictures_are_shown(tmp_path: Path) -> None:
    now = NOW
    showcase = Showcase(tmp_path, "https://bot.example", "secret", lambda: now)
    (tmp_path / "khac.txt").write_text("không phải ảnh")
    first = await showcase.hang(PNG)
    assert first is not None
    assert first == await showcase.hang(PNG) != await showcase.hang(PNG + b"x")
    assert await showcase.hang(b"%PDF-1.7") is None
    now += timedelta(days=3)
    await showcase.hang(b"\xff\xd8\xff\xe0")
    assert hanging(tmp_path) == [".jpg", ".txt"]
    application = web.Application()
    application.add_routes([showcase.route()])
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    root = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}"
    async with aiohttp.ClientSession() as http:
        for name in ("khac.txt", first.rsplit("/", 1)[1], "..%2Fkhac.txt", "20261123-" + "0" * 40 + ".png"):
            async with http.get(f"{root}/{name}") as answer:
                assert answer.status == 404
    await runner.cleanup()


async def test_each_refusal_for_the_quota_asks_for_a_longer_rest(gate: Gate, zalo: ZaloPlatform) -> None:
    message = OutgoingMessage(platform="zalo", chat_id="a1b2", text="x")
    rests = []
    for _ in range(7):
        gate.lay_out("sendMessage", refuses(429))
        with pytest.raises(DeliveryError) as caught:
            await zalo.deliver(message)
        rests.append(caught.value.retry_after)
    assert rests == [60, 120, 240, 480, 960, 1800, 1800]
    await zalo.deliver(message)
    gate.lay_out("sendMessage", refuses(429))
    with pytest.raises(DeliveryError) as caught:
        await zalo.deliver(message)
    assert caught.value.retry_after == 60


def hanging(folder: Path) -> list[str]:
    return sorted(file.suffix for file in folder.iterdir())
