"""Groups: privacy mode, comings and goings, upgrades, topics, anonymous administrators."""

from typing import Any

import pytest

from tests.sandbox.conftest import BOT, FORUM, STAFF_ROOM, TOKEN, UNIT, Office


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"].get("text", "") for update in updates if "message" in update]


async def test_privacy_mode_hides_ordinary_talk(office: Office) -> None:
    for text in ("Chào cả nhà", "@truc_ban_bot ơi", "/menh_lenh", "/viec@bot_khac_bot", "/viec@truc_ban_bot"):
        await office.lan.do("say", room=str(UNIT), text=text)
    assert texts(await office.bot.updates()) == ["/viec@truc_ban_bot"]


async def test_replies_to_the_bot_and_to_what_was_meant_for_it_arrive(office: Office) -> None:
    asked = await office.bot.call("sendMessage", chat_id=UNIT, text="Mấy lượt ạ?")
    answered = await office.lan.do("say", room=str(UNIT), text="12", reply_to=asked["message_id"])
    await office.minh.do("say", room=str(UNIT), text="Nhầm, 13", reply_to=answered["message_id"])
    idle = await office.minh.do("say", room=str(UNIT), text="Trưa ăn gì?")
    await office.lan.do("say", room=str(UNIT), text="Phở", reply_to=idle["message_id"])
    assert texts(await office.bot.updates()) == ["12", "Nhầm, 13"]


async def test_a_plain_command_goes_to_the_bot_that_wrote_last(office: Office) -> None:
    await office.minh.do("add_bot", room=str(UNIT), bot="@bot_khac_bot")
    await office.bot.call("sendMessage", chat_id=UNIT, text="Tôi trước")
    await office.other_bot.call("sendMessage", chat_id=UNIT, text="Tôi sau")
    await office.bot.updates()
    await office.other_bot.updates()
    await office.lan.do("say", room=str(UNIT), text="/baocao")
    assert texts(await office.bot.updates()) == []
    assert texts(await office.other_bot.updates()) == ["/baocao"]


async def test_an_administrator_bot_sees_everything(office: Office) -> None:
    await office.nga.do("say", room=str(FORUM), text="Chào các đồng chí")
    assert texts(await office.bot.updates()) == ["Chào các đồng chí"]


async def test_a_bot_without_privacy_mode_sees_everything(office: Office) -> None:
    bots = [{"token": TOKEN, "name": "Trực Ban", "username": "truc_ban_bot", "can_read_all_group_messages": True}]
    await office.post("/human/world", bots=bots)
    await office.lan.do("say", room=str(UNIT), text="Chào cả nhà")
    assert texts(await office.bot.updates()) == ["Chào cả nhà"]


async def test_an_edit_of_a_seen_message_arrives(office: Office) -> None:
    asked = await office.bot.call("sendMessage", chat_id=UNIT, text="Mấy lượt ạ?")
    said = await office.lan.do("say", room=str(UNIT), text="12", reply_to=asked["message_id"])
    await office.lan.do("edit", room=str(UNIT), message_id=said["message_id"], text="13")
    *_, update = await office.bot.updates()
    assert update["edited_message"]["text"] == "13"
    assert update["edited_message"]["edit_date"]


async def test_people_come_and_go_with_service_messages(office: Office) -> None:
    await office.nga.do("join", room=str(UNIT), added_by=1002)
    await office.nga.do("leave", room=str(UNIT))
    came, went = await office.bot.updates()
    assert came["message"]["new_chat_members"][0]["id"] == 1004
    assert came["message"]["from"]["id"] == 1002
    assert went["message"]["left_chat_member"]["id"] == 1004


async def test_a_bot_learns_what_happens_to_it(office: Office) -> None:
    await office.minh.do("promote", room=str(UNIT), member=BOT)
    await office.minh.do("demote", room=str(UNIT), member=BOT)
    await office.minh.do("kick", room=str(UNIT), member=BOT)
    changes = [update["my_chat_member"]["new_chat_member"]["status"] for update in await office.bot.updates()]
    assert changes == ["administrator", "member", "kicked"]
    refusal = await office.bot.refused("sendMessage", chat_id=UNIT, text="Còn ai không?")
    assert refusal == "Forbidden: bot was kicked from the supergroup chat"
    await office.minh.do("add_bot", room=str(UNIT), bot=BOT)
    assert (await office.bot.call("sendMessage", chat_id=UNIT, text="Đã về"))["text"] == "Đã về"


async def test_a_bot_that_left_may_not_write(office: Office) -> None:
    await office.bot.call("leaveChat", chat_id=STAFF_ROOM)
    refusal = await office.bot.refused("sendMessage", chat_id=STAFF_ROOM, text="?")
    assert refusal == "Forbidden: bot is not a member of the group chat"


async def test_blocking_and_unblocking_are_told(office: Office) -> None:
    await office.lan.do("start", bot=BOT)
    await office.lan.do("block", bot=BOT)
    assert await office.bot.refused("sendMessage", chat_id=1001, text="?") == "Forbidden: bot was blocked by the user"
    await office.lan.do("unblock", bot=BOT)
    changes = [
        u["my_chat_member"]["new_chat_member"]["status"] for u in await office.bot.updates() if "message" not in u
    ]
    assert changes == ["kicked", "member"]
    await office.bot.call("sendMessage", chat_id=1001, text="Chào lại chị")


async def test_who_closed_the_account_cannot_be_reached(office: Office) -> None:
    await office.lan.do("start", bot=BOT)
    await office.post("/human/world", people=[{"id": 1001, "first_name": "Lan", "deactivated": True}])
    assert await office.bot.refused("sendMessage", chat_id=1001, text="?") == "Forbidden: user is deactivated"


async def test_other_members_changes_reach_administrators_that_ask(office: Office) -> None:
    await office.bot.call("getUpdates", offset=1, allowed_updates=["chat_member", "my_chat_member"])
    await office.minh.do("join", room=str(FORUM))
    (update,) = await office.bot.updates()
    assert update["chat_member"]["new_chat_member"]["user"]["id"] == 1002
    await office.hoa.do("leave", room=str(UNIT))
    assert await office.bot.updates() == []


async def test_reactions_reach_administrators_that_ask(office: Office) -> None:
    await office.bot.call("getUpdates", offset=1, allowed_updates=["message_reaction"])
    sent = await office.bot.call("sendMessage", chat_id=FORUM, text="Chỉ đạo số 5")
    await office.lan.do("react", room=str(FORUM), message_id=sent["message_id"], emoji="👍")
    await office.lan.do("react", room=str(FORUM), message_id=sent["message_id"], emoji=None)
    first, second = await office.bot.updates()
    assert first["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert second["message_reaction"]["new_reaction"] == []


async def test_an_upgraded_group_has_a_new_number(office: Office) -> None:
    new = int((await office.nga.do("upgrade", room=str(STAFF_ROOM)))["room"])
    assert str(new).startswith("-100")
    old_side, new_side = await office.bot.updates()
    assert old_side["message"]["migrate_to_chat_id"] == new
    assert new_side["message"]["migrate_from_chat_id"] == STAFF_ROOM
    answer = await office.bot.ask("sendMessage", chat_id=STAFF_ROOM, text="?")
    assert answer.description == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer.parameters == {"migrate_to_chat_id": new}
    await office.bot.call("sendMessage", chat_id=new, text="Nhóm mới")
    assert str(STAFF_ROOM) not in [room["room"] for room in await office.lan.look("rooms")]


async def test_topics_keep_their_messages_apart(office: Office) -> None:
    thread = (await office.nga.do("topic", room=str(FORUM), name="Dịch bệnh"))["thread"]
    await office.lan.do("say", room=str(FORUM), text="Có ca mới", thread=thread)
    created, said = (update["message"] for update in await office.bot.updates())
    assert created["forum_topic_created"]["name"] == "Dịch bệnh"
    assert said["message_thread_id"] == thread
    assert said["is_topic_message"] is True
    assert "forum_topic_created" in said["reply_to_message"], "nobody replied, yet it points to the topic's opening"
    sent = await office.bot.call("sendMessage", chat_id=FORUM, text="Đã rõ", message_thread_id=thread)
    assert sent["message_thread_id"] == thread
    answered = await office.bot.call("sendMessage", chat_id=FORUM, text="Rõ", reply_to_message_id=said["message_id"])
    assert answered["message_thread_id"] == thread
    for wrong in (1, 999):
        refusal = await office.bot.refused("sendMessage", chat_id=FORUM, text="?", message_thread_id=wrong)
        assert refusal == "Bad Request: message thread not found"


async def test_a_bot_opens_and_closes_topics(office: Office) -> None:
    topic = await office.bot.call("createForumTopic", chat_id=FORUM, name="Báo cáo ngày")
    where = {"chat_id": FORUM, "message_thread_id": topic["message_thread_id"]}
    await office.bot.call("editForumTopic", name="Báo cáo tuần", **where)
    await office.bot.call("closeForumTopic", **where)
    await office.bot.call("reopenForumTopic", **where)
    (room,) = [room for room in await office.lan.look("rooms") if room["room"] == str(FORUM)]
    assert room["topics"] == [{"id": topic["message_thread_id"], "name": "Báo cáo tuần"}]


async def test_a_closed_topic_refuses_bots_that_do_not_lead(office: Office) -> None:
    topic = await office.bot.call("createForumTopic", chat_id=FORUM, name="Đã xong")
    where = {"chat_id": FORUM, "message_thread_id": topic["message_thread_id"]}
    await office.bot.call("closeForumTopic", **where)
    await office.nga.do("demote", room=str(FORUM), member=BOT)
    assert await office.bot.refused("sendMessage", text="?", **where) == "Bad Request: TOPIC_CLOSED"


async def test_anonymous_administrators_all_look_alike(office: Office) -> None:
    await office.nga.do("promote", room=str(FORUM), member=1004, anonymous=True)
    await office.bot.updates()
    await office.nga.do("say", room=str(FORUM), text="Làm ngay")
    (update,) = await office.bot.updates()
    assert update["message"]["from"]["id"] == 1087968824
    assert update["message"]["sender_chat"]["id"] == FORUM


async def test_what_a_bot_may_know_of_a_chat(office: Office) -> None:
    chat = await office.bot.call("getChat", chat_id=UNIT)
    assert chat["title"] == "Phòng Kinh tế"
    assert await office.bot.call("getChatMemberCount", chat_id=UNIT) == 4
    statuses = {
        number: (await office.bot.call("getChatMember", chat_id=UNIT, user_id=number))["status"]
        for number in (1001, 1002, 1004, 7770001)
    }
    assert statuses == {1001: "member", 1002: "administrator", 1004: "left", 7770001: "member"}
    leaders = await office.bot.call("getChatAdministrators", chat_id=FORUM)
    assert [leader["user"]["id"] for leader in leaders] == [1004, 7770001]
    await office.lan.do("start", bot=BOT)
    assert (await office.bot.call("getChat", chat_id=1001))["type"] == "private"
    refusal = await office.bot.refused("getChatAdministrators", chat_id=1001)
    assert refusal == "Bad Request: there are no administrators in the private chat"


async def test_titles_change_with_the_right_only(office: Office) -> None:
    assert "not enough rights" in await office.bot.refused("setChatTitle", chat_id=UNIT, title="Phòng KT")
    await office.bot.call("setChatTitle", chat_id=FORUM, title="Ban chỉ đạo dịch")
    (update,) = await office.bot.updates()
    assert update["message"]["new_chat_title"] == "Ban chỉ đạo dịch"


async def test_a_new_group_is_founded_with_its_people(office: Office) -> None:
    chat = await office.hoa.do("group", title="Nhóm trực", type="group", members=[1001, BOT])
    assert chat["id"] < 0
    kinds = [list(update)[1] for update in await office.bot.updates()]
    assert kinds == ["my_chat_member", "message"]


@pytest.mark.parametrize(
    ("what", "wish"),
    [
        ("say", {"room": "-5", "text": "?"}),
        ("say", {"room": str(FORUM), "text": ""}),
        ("say", {"room": str(UNIT), "text": "?", "reply_to": 99}),
        ("say", {"room": str(UNIT)}),
        ("press", {"room": str(UNIT), "message_id": 99, "button": "x"}),
        ("topic", {"room": str(UNIT), "name": "x"}),
        ("upgrade", {"room": str(UNIT)}),
        ("add_bot", {"room": str(UNIT), "bot": "@khong_co"}),
        ("start", {"bot": "@khong_co"}),
    ],
)
async def test_the_human_side_refuses_with_a_sentence(office: Office, what: str, wish: dict[str, Any]) -> None:
    status, body = await office.lan.attempt(what, **wish)
    assert 400 <= status < 500
    assert set(body) == {"error"}
    assert body["error"]
