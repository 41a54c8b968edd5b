"""Pressing a button under a bot's message, and waiting for what the bot says to it."""

from aiohttp import web

from sandbox.people_side.rooms import Wish, answer, message_in, own_room, read_wish, who
from sandbox.person import Person
from sandbox.refusal import Refusal
from sandbox.telegram.cloud import Cloud
from sandbox.telegram.delivery import hand_out_press
from sandbox.telegram.identity import chat_instance
from sandbox.telegram.messages import Body, Message
from sandbox.telegram.presses import Press
from sandbox.telegram.shapes import user_shape


async def press(cloud: Cloud, request: web.Request) -> web.Response:
    wish = await read_wish(request)
    person = who(cloud, wish)
    chat = own_room(cloud, person, wish["room"])
    message = message_in(cloud, chat, wish["message_id"])
    if message.sender not in cloud.world.bots:
        raise Refusal("Tin nhắn này không có nút.")
    press = new_press(cloud, message.sender, person)
    question = {
        "id": press.id,
        "from": user_shape(cloud.world, person.id),
        "message": _inaccessible(message.body) if wish.get("inaccessible") else message.body,
        "chat_instance": chat_instance(chat),
        "data": find_data(message, wish),
    }
    bot = cloud.world.bots[message.sender]
    hand_out_press(cloud, bot, question)
    if bot.platform in cloud.sides:  # there are no notes over buttons elsewhere
        return answer({"callback_query_id": press.id, "answer": {}})
    seconds = float(wish.get("wait") or 0)
    said = await cloud.presses.wait_for_answer(press.id, seconds) if seconds > 0 else None
    return answer({"callback_query_id": press.id, "answer": said})


def _inaccessible(body: Body) -> Body:
    """What a bot gets when the server can no longer show it the message."""
    return {"chat": body["chat"], "message_id": body["message_id"], "date": 0}


def new_press(cloud: Cloud, bot_id: int, person: Person) -> Press:
    number = f"{person.id << 32 | cloud.next_sequence()}"
    press = Press(id=number, bot=bot_id, person=person.id, at=cloud.clock.now())
    for old in cloud.presses.add(press):
        cloud.state.touch("press", old.id, None)
    cloud.state.touch("press", press.id, press)
    return press


def find_data(message: Message, wish: Wish) -> str:
    rows = message.body.get("reply_markup", {}).get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if wish.get("button") == button["text"] or wish.get("data") == button.get("callback_data", ""):
            if "callback_data" not in button:
                raise Refusal(f"Nút «{button['text']}» là một liên kết, không phải nút trả lời.")
            return str(button["callback_data"])
    if wish.get("data") is not None and wish.get("stale"):
        return str(wish["data"])
    raise Refusal(f"Tin nhắn không có nút «{wish.get('button') or wish.get('data') or ''}».", status=404)


ROUTES = [("POST", "/human/press", press)]
