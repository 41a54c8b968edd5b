"""Who the bot is, and its leave-taking from the server."""

from sandbox.telegram.call import Call
from sandbox.telegram.errors import bad_request
from sandbox.telegram.messages import Body
from sandbox.telegram.shapes import bot_shape

LIMITS = {"name": 64, "description": 512, "short_description": 120}


def get_me(call: Call) -> Body:
    return bot_shape(call.bot) | {
        "can_join_groups": True,
        "can_read_all_group_messages": call.bot.can_read_all_group_messages,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def log_out(call: Call) -> bool:
    """The sandbox keeps the bot: the next call simply logs it in again."""
    call.cloud.post_of(call.bot).poll.end(None)
    return True


def _set_word(call: Call, what: str) -> bool:
    word = call.arguments.text(what)
    if len(word) > LIMITS[what]:
        raise bad_request(f"bot {what.replace('_', ' ')} is too long")
    words = call.bot.profile.setdefault(what, {})
    language = call.arguments.text("language_code")
    if word:
        words[language] = word
    else:
        words.pop(language, None)
    call.world.keep_bot(call.bot)
    return True


def _get_word(call: Call, what: str) -> Body:
    words = call.bot.profile.get(what, {})
    default = call.bot.name if what == "name" else ""
    return {what: words.get(call.arguments.text("language_code"), words.get("", default))}


METHODS = {
    "getMe": get_me,
    "logOut": log_out,
    "close": log_out,
    "setMyName": lambda call: _set_word(call, "name"),
    "getMyName": lambda call: _get_word(call, "name"),
    "setMyDescription": lambda call: _set_word(call, "description"),
    "getMyDescription": lambda call: _get_word(call, "description"),
    "setMyShortDescription": lambda call: _set_word(call, "short_description"),
    "getMyShortDescription": lambda call: _get_word(call, "short_description"),
}
