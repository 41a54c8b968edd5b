"""Nonsense in, a proper refusal out: whatever the arguments, the server answers in its own envelope."""

import random
from typing import Any

import pytest

from sandbox.telegram.methods import gather
from tests.sandbox.conftest import BOT, FORUM, STAFF_ROOM, UNIT, Office

ODD = [
    "",
    "x",
    "-1",
    0,
    -7,
    2**70,
    1.5,
    True,
    None,
    [],
    {},
    [1],
    [[]],
    [{}],
    {"type": "x"},
    {"a": None},
    "{",
    "[1",
    "null",
    "<b>",
]
WORDS = (
    "text caption parse_mode entities caption_entities reply_markup reply_parameters message_id message_thread_id "
    "media photo document file_id commands scope language_code menu_button reaction user_id name title offset limit "
    "timeout allowed_updates url max_connections callback_query_id from_chat_id message_ids latitude action "
    "link_preview_options reply_to_message_id description only_if_banned"
)
NAMES = WORDS.split()
WAITING = {"getupdates"}


def nonsense(dice: random.Random) -> dict[str, Any]:
    chosen = {name: dice.choice(ODD) for name in dice.sample(NAMES, dice.randint(1, 12))}
    chosen["chat_id"] = dice.choice([UNIT, STAFF_ROOM, FORUM, 1001, *ODD])
    if dice.random() < 0.7:
        chosen |= {"text": "Chào", "message_id": 2}
    if dice.random() < 0.3:
        chosen["reply_markup"] = {"inline_keyboard": dice.choice([ODD, [ODD], [[{"text": each}] for each in ODD]])}
    return chosen


@pytest.mark.parametrize("seed", range(3))
async def test_every_method_survives_nonsense(office: Office, seed: int) -> None:
    dice = random.Random(seed)
    await office.lan.do("start", bot=BOT)
    for method in gather():
        if method.lower() in WAITING:
            continue
        for _ in range(12):
            arguments = nonsense(dice)
            async with office.http.post(f"/bot{office.bot.token}/{method}", json=arguments) as response:
                body = await response.json()
                assert body["ok"] == (response.status == 200), (method, arguments)


@pytest.mark.parametrize("seed", range(2))
async def test_the_human_side_survives_nonsense(office: Office, seed: int) -> None:
    dice = random.Random(seed)
    paths = ["say", "edit", "press", "react", "delete", "start", "join", "leave", "add_bot", "kick", "promote"]
    paths += ["demote", "block", "unblock", "upgrade", "topic", "group", "world"]
    wishes = ["room", "text", "message_id", "button", "data", "reply_to", "thread", "emoji", "member", "bot"]
    wishes += ["people", "chats", "bots", "title", "members", "to", "advance", "kind", "per_second"]
    for path in [f"/human/{path}" for path in paths] + ["/clock", "/faults", "/limits"]:
        for _ in range(12):
            wish = {name: dice.choice([*ODD, str(UNIT), BOT, 1002]) for name in dice.sample(wishes, 5)}
            async with office.http.post(path, json={"as": dice.choice([1001, 1001, "x", None])} | wish) as response:
                body = await response.json()
                assert response.status == 200 or (response.status < 500 and body["error"]), (path, wish)
