"""The long poll: offsets, waiting, conflicts, expiry, and which kinds come at all."""

import asyncio

from tests.sandbox.clients import Answer
from tests.sandbox.conftest import BOT, UNIT, Office


async def test_unconfirmed_updates_come_again_and_confirmed_ones_do_not(office: Office) -> None:
    for text in ("/a@truc_ban_bot", "/b@truc_ban_bot"):
        await office.lan.do("say", room=str(UNIT), text=text)
    first = await office.bot.call("getUpdates")
    assert [update["message"]["text"][:2] for update in first] == ["/a", "/b"]
    assert first[1]["update_id"] == first[0]["update_id"] + 1
    again = await office.bot.call("getUpdates", offset=first[1]["update_id"])
    assert [update["update_id"] for update in again] == [first[1]["update_id"]]
    assert await office.bot.call("getUpdates", offset=first[1]["update_id"] + 1) == []


async def test_a_negative_offset_keeps_only_the_last(office: Office) -> None:
    for number in range(5):
        await office.lan.do("say", room=str(UNIT), text=f"/so{number}@truc_ban_bot")
    latest = await office.bot.call("getUpdates", offset=-2)
    assert [update["message"]["text"] for update in latest] == ["/so3@truc_ban_bot", "/so4@truc_ban_bot"]
    assert (await office.bot.call("getWebhookInfo"))["pending_update_count"] == 2


async def test_an_offset_far_ahead_is_ignored(office: Office) -> None:
    await office.lan.do("say", room=str(UNIT), text="/a@truc_ban_bot")
    (update,) = await office.bot.call("getUpdates")
    assert len(await office.bot.call("getUpdates", offset=update["update_id"] + 100)) == 1


async def test_a_poll_waits_until_somebody_writes(office: Office) -> None:
    poll = asyncio.create_task(office.bot.call("getUpdates", timeout=20))
    await asyncio.sleep(0.02)
    assert not poll.done()
    await office.lan.do("start", bot=BOT, payload="m4")
    (update,) = await poll
    assert update["message"]["text"] == "/start m4"
    assert update["message"]["chat"]["id"] == 1001


async def test_a_second_poller_ends_the_first(office: Office) -> None:
    older = asyncio.create_task(office.bot.ask("getUpdates", timeout=20))
    await asyncio.sleep(0.02)
    newer = asyncio.create_task(office.bot.ask("getUpdates", offset=5, timeout=20))
    answer = await older
    assert answer.error_code == 409
    assert answer.description.startswith("Conflict: terminated by other getUpdates request; make sure that only one")
    await office.lan.do("start", bot=BOT)
    assert len((await newer).result) == 1


async def test_repeated_conflicts_are_told_three_seconds_late(office: Office) -> None:
    first = await _begin_poll(office, 1)
    second = await _begin_poll(office, 2)
    assert (await first).error_code == 409
    third = await _begin_poll(office, 3)
    assert not second.done()
    await office.post("/clock", advance=4)
    assert (await second).error_code == 409
    await office.lan.do("start", bot=BOT)
    assert (await third).ok


async def _begin_poll(office: Office, offset: int) -> asyncio.Task[Answer]:
    poll = asyncio.create_task(office.bot.ask("getUpdates", offset=offset, timeout=20))
    await asyncio.sleep(0.02)
    return poll


async def test_asking_for_the_same_at_once_gives_one_at_a_time(office: Office) -> None:
    for text in ("/a@truc_ban_bot", "/b@truc_ban_bot"):
        await office.lan.do("say", room=str(UNIT), text=text)
    assert len(await office.bot.call("getUpdates", offset=1)) == 2
    assert len(await office.bot.call("getUpdates", offset=1)) == 1
    await office.post("/clock", advance=5)
    assert len(await office.bot.call("getUpdates", offset=1)) == 2


async def test_updates_live_a_day_and_presses_two_minutes_and_a_half(office: Office) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
    sent = await office.bot.call("sendMessage", chat_id=UNIT, text="?", reply_markup=keyboard)
    await office.lan.do("press", room=str(UNIT), message_id=sent["message_id"], button="Có")
    await office.lan.do("say", room=str(UNIT), text="vâng", reply_to=sent["message_id"])
    await office.post("/clock", advance=160)
    assert [list(update)[1] for update in await office.bot.call("getUpdates")] == ["message"]
    await office.post("/clock", advance=86_400)
    assert await office.bot.call("getUpdates", offset=2) == []


async def test_allowed_updates_are_remembered_and_odd_names_ignored(office: Office) -> None:
    await office.bot.call("getUpdates", allowed_updates=["message", "khong_co"])
    assert (await office.bot.call("getWebhookInfo"))["allowed_updates"] == ["message"]
    said = await office.lan.do("say", room=str(UNIT), text="/a@truc_ban_bot")
    await office.lan.do("edit", room=str(UNIT), message_id=said["message_id"], text="/b@truc_ban_bot")
    assert [list(update)[1] for update in await office.bot.updates()] == ["message"]
    await office.bot.call("getUpdates", allowed_updates=[])
    assert "allowed_updates" not in await office.bot.call("getWebhookInfo")


async def test_an_edit_comes_only_when_something_changed(office: Office) -> None:
    said = await office.lan.do("start", bot=BOT)
    where = {"room": BOT, "message_id": said["message_id"]}
    await office.lan.do("edit", text="/start", **where)
    await office.lan.do("edit", text="12 lượt", **where)
    kinds = [list(update)[1] for update in await office.bot.updates()]
    assert kinds == ["message", "edited_message"]


async def test_after_a_week_of_silence_numbers_start_anywhere(office: Office) -> None:
    await office.lan.do("start", bot=BOT)
    (before,) = await office.bot.updates()
    await office.post("/clock", advance=8 * 86_400)
    await office.lan.do("say", room=BOT, text="Chào")
    (after,) = await office.bot.updates()
    assert after["update_id"] != before["update_id"] + 1


async def test_polling_is_refused_while_a_webhook_is_set(office: Office) -> None:
    await office.bot.call("setWebhook", url="http://127.0.0.1:9/hook")
    refusal = await office.bot.refused("getUpdates")
    assert refusal.startswith("Conflict: can't use getUpdates method while webhook is active")
    await office.bot.call("deleteWebhook")
    assert await office.bot.call("getUpdates", offset=3) == []
