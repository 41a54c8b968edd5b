"""Sending by the account: who may be written to, what a message may hold, and how it stands in the room."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sandbox.chat import Chat
from sandbox.telegram.messages import Body
from sandbox.zalo_oa.account import FREE_WINDOW, WINDOW, Account
from sandbox.zalo_oa.events import echo_of
from sandbox.zalo_oa.ids import group_id, message_id, user_id

if TYPE_CHECKING:
    from sandbox.zalo_oa.service import ZaloOa

TEXT_LIMIT = 2000
MOST_BUTTONS = 5
STATE_AGENCY = 4
V2, V3 = "v2.0/oa/message", "v3.0/oa/message/cs"
BUTTON_LIMITS = {"oa.query.hide": 1000, "oa.query.show": 1000, "oa.open.url": 2000}


class OaRefusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    def __init__(self, code: int) -> None:
        super().__init__(str(code))
        self.code = code


@dataclass(frozen=True, slots=True)
class Sending:
    oa: "ZaloOa"
    account: Account

    def privately(self, path: str, wish: dict[str, Any]) -> Body:
        is_state = self.account.state.oa_type == STATE_AGENCY
        if path == V3 and is_state:
            raise OaRefusal(-235)
        if path == V2 and not is_state:
            raise OaRefusal(-240)
        wanted = str(wish.get("recipient", {}).get("user_id", ""))
        chat = self._private_chat(wanted)
        remain = self._window(chat)
        body = self._content(chat, wish.get("message", {}))
        sent = self._write(chat, body)
        quota = {"quota_type": "reply" if remain is None else "sub_quota", "remain": str(remain or 8), "total": "8"}
        return sent | {"user_id": wanted, "quota": quota}

    def to_group(self, wish: dict[str, Any]) -> Body:
        wanted = str(wish.get("recipient", {}).get("group_id", ""))
        chat = self._group(wanted)
        message = wish.get("message", {})
        if "buttons" in message.get("attachment", {}).get("payload", {}):
            raise OaRefusal(-201)
        return self._write(chat, self._content(chat, message)) | {"group_id": wanted}

    def _private_chat(self, wanted: str) -> Chat:
        bot, world = self.account.bot, self.oa.cloud.world
        person = next((each for each in world.people.values() if user_id(bot.id, each.id) == wanted), None)
        chat = world.private(bot.id, person.id) if person else None
        if chat is None or not chat.started:
            raise OaRefusal(-232 if person else -201)
        if chat.blocked:
            raise OaRefusal(-213)
        return chat

    def _window(self, chat: Chat) -> int | None:
        """What is left of the package's messages, where this one costs one."""
        silent_for = self.account.seconds_since(chat.id)
        if not self.account.state.windows or silent_for <= FREE_WINDOW:
            return None
        if silent_for > WINDOW:
            raise OaRefusal(-230)
        if self.account.state.quota <= 0:
            raise OaRefusal(-211)
        self.account.change({"quota": self.account.state.quota - 1})
        return self.account.state.quota

    def _group(self, wanted: str) -> Chat:
        bot = self.account.bot
        if wanted in self.account.state.disabled_groups:
            raise OaRefusal(-237)
        for chat in self.oa.cloud.world.groups():
            if group_id(chat.id) == wanted and chat.is_present(bot.id):
                return chat
        raise OaRefusal(-403)

    def _content(self, chat: Chat, message: dict[str, Any]) -> Body:
        text, attachment = str(message.get("text", "")), message.get("attachment") or {}
        if len(text.encode("utf-16-le")) // 2 > TEXT_LIMIT or not (text or attachment):
            raise OaRefusal(-201)
        content: Body = {"text": text} if text else {}
        if quoted := message.get("quote_message_id"):
            content |= self._quoting(chat, str(quoted))
        return content | self._attached(attachment)

    def _quoting(self, chat: Chat, quoted: str) -> Body:
        for number, message in self.oa.cloud.log_of(chat).messages.items():
            if message_id(chat.key, number) == quoted:
                return {"reply_to_message": message.body}
        raise OaRefusal(-201)

    def _attached(self, attachment: dict[str, Any]) -> Body:
        payload = attachment.get("payload", {})
        if "buttons" in payload:
            return {"reply_markup": {"inline_keyboard": [[_button(each)] for each in _checked(payload["buttons"])]}}
        if attachment.get("type") == "file":
            return self.oa.uploaded(self.account, str(payload.get("token")))
        if payload.get("template_type") == "media":
            return self.oa.uploaded(self.account, str(payload["elements"][0].get("attachment_id")))
        if attachment:
            raise OaRefusal(-201)
        return {}

    def _write(self, chat: Chat, content: Body) -> Body:
        cloud = self.oa.cloud
        message = cloud.write(chat, self.account.bot.id, content)
        message.body["wire_id"] = message_id(chat.key, message.id)
        now = cloud.clock.now()
        self.oa.webhook_of(self.account.bot).put(echo_of(self.account, chat, message, at=now))
        return {"message_id": message.body["wire_id"], "sent_time": str(int(now * 1000))}


def _checked(buttons: list[dict[str, Any]]) -> list[dict[str, Any]]:
    if not 1 <= len(buttons) <= MOST_BUTTONS:
        raise OaRefusal(-201)
    for button in buttons:
        limit = BUTTON_LIMITS.get(button.get("type", ""), 0)
        if not 1 <= len(str(button.get("title", ""))) <= 100 or not 1 <= len(str(button.get("payload", ""))) <= limit:
            raise OaRefusal(-201)
    return buttons


def _button(button: dict[str, Any]) -> Body:
    return {"text": button["title"], "callback_data": button["payload"]}
