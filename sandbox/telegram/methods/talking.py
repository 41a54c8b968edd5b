"""Text messages, presses answered, and the little signs of life."""

from sandbox.telegram.call import Call
from sandbox.telegram.content import read_text
from sandbox.telegram.errors import bad_request
from sandbox.telegram.messages import Body
from sandbox.telegram.sending import send
from sandbox.telegram.targets import open_chat

TOO_LATE = "query is too old and response timeout expired or query ID is invalid"
ACTION_NAMES = (
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document "
    "choose_sticker find_location record_video_note upload_video_note record_audio upload_audio"
)
ACTIONS = frozenset(ACTION_NAMES.split())


def send_message(call: Call) -> Body:
    return send(call, read_text(call))


def answer_callback_query(call: Call) -> bool:
    text = call.arguments.text("text")
    if len(text) > 200:
        raise bad_request("MESSAGE_TOO_LONG")
    answer = {"text": text, "show_alert": call.arguments.flag("show_alert")}
    press = call.cloud.presses.answer(call.arguments.text("callback_query_id"), call.bot.id, call.now, answer)
    if press is None:
        raise bad_request(TOO_LATE)
    if text:
        call.cloud.events.tell(press.person, "toast", {"text": text, "alert": answer["show_alert"]})
    return True


def send_chat_action(call: Call) -> bool:
    if call.arguments.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    open_chat(call)
    return True


METHODS = {
    "sendMessage": send_message,
    "answerCallbackQuery": answer_callback_query,
    "sendChatAction": send_chat_action,
}
