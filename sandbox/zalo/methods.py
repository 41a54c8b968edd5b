"""The methods of the Bot Platform."""

import json
import secrets
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from sandbox.telegram.arguments import Upload
from sandbox.telegram.attachments import attach
from sandbox.telegram.errors import ApiError, bad_request
from sandbox.zalo.call import Call, Idle, Nothing
from sandbox.zalo.styles import read_words
from sandbox.zalo.webhook import check_address

LONGEST_POLL = 60
USUAL_POLL = 30
PHOTO_WITHIN = 20.0
PHOTO_LIMIT = 10 * 1024 * 1024

Result = Any


def get_me(call: Call) -> Result:
    return {
        "id": str(call.bot.id),
        "account_name": call.bot.username,
        "account_type": "BASIC",
        "can_join_groups": call.switches.can_join_groups,
        "display_name": call.bot.name,
    }


async def get_updates(call: Call) -> Result:
    """One object as a rule; there is nothing to confirm."""
    if call.zalo.webhook_of(call.bot).setting:
        raise bad_request("getUpdates is not available while a webhook is set")
    wait = call.arguments.integer("timeout", USUAL_POLL, low=0, high=LONGEST_POLL)
    payloads = await call.zalo.post_of(call.bot).take(wait, call.is_there)
    if not payloads:
        return Idle(call.switches.idle)
    events = [json.loads(payload) for payload in payloads]
    return events if call.switches.updates == "list" else events[0]


async def set_webhook(call: Call) -> Result:
    url, secret = call.arguments.text("url").strip(), call.arguments.text("secret_token")
    check_address(url, secret)
    call.zalo.post_of(call.bot).wake()
    shape = await call.zalo.webhook_of(call.bot).set(url, secret)
    call.zalo.cloud.world.keep_bot(call.bot)
    return shape


def delete_webhook(call: Call) -> Result:
    webhook = call.zalo.webhook_of(call.bot)
    if not webhook.setting and call.switches.delete_without_webhook == "400":
        raise bad_request("no webhook is set")
    webhook.delete()
    call.zalo.cloud.world.keep_bot(call.bot)
    return webhook.shape()


def get_webhook_info(call: Call) -> Result:
    webhook = call.zalo.webhook_of(call.bot)
    if not webhook.setting:
        raise ApiError(404, "Not found")
    return webhook.shape()


def send_message(call: Call) -> Result:
    return call.send(call.open_chat(), read_words(call.arguments))


async def send_photo(call: Call) -> Result:
    """By public address only: the server fetches it."""
    chat, caption = call.open_chat(), read_words(call.arguments, "caption", needed=False)
    photo = await _fetch(call.arguments.text("photo"))
    return call.send(chat, attach(call.zalo.cloud.files, "photo", photo) | caption)


async def _fetch(address: str) -> Upload:
    if urlsplit(address).scheme not in {"http", "https"}:
        raise bad_request("photo must be a public url")
    try:
        timeout = aiohttp.ClientTimeout(total=PHOTO_WITHIN)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as answer:
            content = await answer.content.read(PHOTO_LIMIT) if answer.status == 200 else b""
            while not answer.content.at_eof() and len(content) < PHOTO_LIMIT:
                content += await answer.content.read(PHOTO_LIMIT)
            kind = answer.content_type
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        content, kind = b"", ""
    if not content:
        raise bad_request("photo cannot be fetched")
    return Upload(name=f"{secrets.token_hex(4)}.jpg", mime=kind, content=content)


def send_sticker(call: Call) -> Result:
    chat, number = call.open_chat(), call.arguments.text("sticker").strip()
    if not number:
        raise bad_request("sticker is empty")
    return call.send(chat, {"sticker": {"emoji": number}})


def send_voice(call: Call) -> Result:
    """Private talks only: to a group it says yes and nothing arrives."""
    chat, address = call.open_chat(), call.arguments.text("voice_url").strip()
    if not address.endswith(".aac"):
        raise bad_request("voice_url must end with .aac")
    if not chat.is_private:
        call.count()
        return {"message_id": secrets.token_hex(10), "date": int(call.zalo.cloud.clock.now() * 1000)}
    return call.send(chat, {"text": f"🎤 {address}"})


def send_chat_action(call: Call) -> Result:
    call.open_chat()
    if call.arguments.text("action") != "typing":
        raise bad_request("action is invalid")
    return Nothing()


METHODS = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendSticker": send_sticker,
    "sendVoice": send_voice,
    "sendChatAction": send_chat_action,
}
