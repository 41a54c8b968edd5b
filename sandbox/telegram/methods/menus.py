"""The command menus by scope and language, and the button beside the input field."""

import re

from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request
from sandbox.telegram.messages import Body

NAME = re.compile(r"[a-z0-9_]{1,32}")
COMMAND_LIMIT = 100
WIDE = frozenset({"default", "all_private_chats", "all_group_chats", "all_chat_administrators"})
NARROW = frozenset({"chat", "chat_administrators", "chat_member"})


def set_commands(call: Call) -> bool:
    commands = call.arguments.objects("commands", "BotCommand")
    if len(commands) > COMMAND_LIMIT:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    _lists(call)[_place(call)] = [_command(command) for command in commands]
    call.world.keep_bot(call.bot)
    return True


def _command(command: Body) -> Body:
    if not {"command", "description"} <= command.keys():
        raise bad_request("can't parse BotCommand: Can't find field \"command\"")
    name, description = str(command["command"]).removeprefix("/"), str(command["description"])
    if not NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def get_commands(call: Call) -> list[Body]:
    return _lists(call).get(_place(call), [])


def delete_commands(call: Call) -> bool:
    _lists(call).pop(_place(call), None)
    call.world.keep_bot(call.bot)
    return True


def _lists(call: Call) -> dict[str, list[Body]]:
    lists: dict[str, list[Body]] = call.bot.profile.setdefault("commands", {})
    return lists


def _place(call: Call) -> str:
    scope = call.arguments.object("scope", "BotCommandScope") or {"type": "default"}
    kind = scope.get("type")
    if str(kind) not in WIDE | NARROW:
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    language = call.arguments.text("language_code")
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    words = [str(kind), *(str(scope[name]) for name in ("chat_id", "user_id") if name in scope and kind in NARROW)]
    return "/".join([" ".join(words), language])


def set_menu_button(call: Call) -> bool:
    button = call.arguments.object("menu_button", "MenuButton") or {"type": "default"}
    if button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("can't parse MenuButton: Unsupported type specified")
    call.bot.profile.setdefault("menu_buttons", {})[call.arguments.text("chat_id")] = button
    call.world.keep_bot(call.bot)
    return True


def get_menu_button(call: Call) -> Body:
    buttons = call.bot.profile.get("menu_buttons", {})
    button = buttons.get(call.arguments.text("chat_id"), buttons.get("", {"type": "commands"}))
    return {"type": "commands"} if button["type"] == "default" else button


METHODS = {
    "setMyCommands": set_commands,
    "getMyCommands": get_commands,
    "deleteMyCommands": delete_commands,
    "setChatMenuButton": set_menu_button,
    "getChatMenuButton": get_menu_button,
}
