"""`python -m sandbox say|reply|press|…` against a running messenger, and clear words for wrong ones."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from tests.sandbox.conftest import BOT, UNIT, Office
from tests.sandbox.zalo.conftest import ZaloOffice


async def run(*words: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


async def do(office: Office | ZaloOffice, *words: str) -> Any:
    code, out, err = await run(*words[:1], "--url", office.sandbox.url, *words[1:])
    assert (code, err) == (0, "")
    return json.loads(out)


async def test_people_act_from_the_shell(office: Office, tmp_path: Path) -> None:
    keyboard = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
    sent = await office.bot.call("sendMessage", chat_id=UNIT, text="Mấy lượt?", reply_markup=keyboard)
    here, number = ("--as", "1001", f"--room={UNIT}"), str(sent["message_id"])
    replied = await do(office, "reply", *here, "--reply-to", number, "12 lượt")
    assert replied["reply_to_message"]["message_id"] == sent["message_id"]
    edited = await do(office, "edit", *here, "--message", str(replied["message_id"]), "13 lượt")
    assert edited["text"] == "13 lượt"
    assert (await do(office, "press", *here, "--message", number, "Có"))["callback_query_id"]
    (tmp_path / "phiếu.txt").write_text("x", encoding="utf-8")
    uploaded = await do(office, "upload", *here, "--caption", "Phiếu", str(tmp_path / "phiếu.txt"))
    assert uploaded["document"]["file_name"] == "phiếu.txt"


async def test_the_clock_and_membership_from_the_shell(office: Office) -> None:
    now, rooms, joined, started = await asyncio.gather(
        do(office, "clock", "+90"),
        do(office, "rooms", "--as", "@chi_lan"),
        do(office, "join", "--as", "1004", f"--room={UNIT}"),
        do(office, "start", "--as", "1002", "--bot", BOT, "--payload", "m1"),
    )
    assert now["offset"] >= 90
    assert str(UNIT) in [room["room"] for room in rooms]
    assert {"id": 1004, "status": "member"} in joined["members"]
    assert started["text"] == "/start m1"


async def test_wrong_words_get_one_clear_sentence(office: Office, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("{", encoding="utf-8")
    url = ("--url", office.sandbox.url)
    wrong = [
        ("say", *url, "--as", "1001", f"--room={UNIT}"),
        ("say", *url, "--as", "77", f"--room={UNIT}", "?"),
        ("say", "--url", "http://127.0.0.1:9", "--as", "1001", f"--room={UNIT}", "?"),
        ("clock", *url, "hôm kia"),
        ("upload", *url, "--as", "1001", f"--room={UNIT}", str(tmp_path / "none.txt")),
        ("--port", "x"),
        ("--world", str(tmp_path / "bad.json"), "--port", "0"),
        ("--world", str(tmp_path / "none.json"), "--port", "0"),
    ]
    for words, (code, out, err) in zip(wrong, await asyncio.gather(*(run(*words) for words in wrong)), strict=True):
        assert (code, out) == (2, ""), words
        assert len(err.strip().splitlines()) == 1, err
        assert "Traceback" not in err
