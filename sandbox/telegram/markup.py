"""Buttons under and keyboards beside a message, checked as the server checks them."""

from typing import Any

from sandbox.telegram.arguments import Arguments
from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.messages import Body

ROW_LIMIT = 12
BUTTON_LIMIT = 300
DATA_LIMIT = 64
ACTION_NAMES = (
    "url callback_data web_app login_url switch_inline_query switch_inline_query_current_chat "
    "switch_inline_query_chosen_chat copy_text callback_game pay"
)
ACTIONS = frozenset(ACTION_NAMES.split())
BUTTON_FIELDS = ACTIONS | {"text", "style", "icon_custom_emoji_id"}


def read_inline_markup(arguments: Arguments) -> Body | None:
    """Where a message stands already, only the buttons under it can change."""
    markup = read_markup(arguments)
    if markup and "inline_keyboard" not in markup:
        raise bad_request("inline keyboard expected")
    return markup


def read_markup(arguments: Arguments) -> Body | None:
    markup = arguments.object("reply_markup", "reply keyboard markup")
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        rows = [_inline_row(row) for row in _rows(markup["inline_keyboard"])]
        return {"inline_keyboard": [row for row in rows if row]}
    if "keyboard" in markup:
        return markup | {"keyboard": [[_key(key) for key in row] for row in _rows(markup["keyboard"])]}
    if markup.get("force_reply") and len(str(markup.get("input_field_placeholder", ""))) > 64:
        raise bad_request("input field placeholder is too long")
    return markup


def split_markup(markup: Body | None) -> tuple[Body, Body | None]:
    """Messages show inline keyboards only; the other kinds are a matter of the person's own screen."""
    if markup and "inline_keyboard" in markup:
        return ({"reply_markup": markup} if markup["inline_keyboard"] else {}), None
    return {}, markup


def _rows(rows: Any) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse inline keyboard button: Expected an Array of Arrays")
    if any(len(row) > ROW_LIMIT for row in rows) or sum(map(len, rows)) > BUTTON_LIMIT:
        raise ApiError(400, "Bad Request: reply markup is too long")
    return rows


def _inline_row(row: list[Any]) -> list[Body]:
    for button in row:
        if not isinstance(button, dict) or not isinstance(button.get("text"), str):
            raise bad_request("can't parse inline keyboard button: Can't find field \"text\"")
        if not button["text"].strip():
            raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if ACTIONS.isdisjoint(button):
            raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        data = button.get("callback_data")
        if data is not None and not 1 <= len(str(data).encode()) <= DATA_LIMIT:
            raise bad_request("BUTTON_DATA_INVALID")
    return [{name: value for name, value in button.items() if name in BUTTON_FIELDS} for button in row]


def _key(key: Any) -> Body:
    if isinstance(key, str):
        return {"text": key}
    if not isinstance(key, dict) or not isinstance(key.get("text"), str):
        raise bad_request("can't parse keyboard button: Can't find field \"text\"")
    return key
