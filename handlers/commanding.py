"""Commands as people give them: by a slash, by a whole line of words, in a room though the answer is private."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from handlers import commands
from handlers.access import may
from handlers.command import Command, Place
from handlers.family import gather
from handlers.membership.links import private_link
from handlers.visit import Visit
from handlers.wording import NOT_ALLOWED, plain
from understanding.phrases.normalize import fold


@cache
def all_commands() -> tuple[Command, ...]:
    """Every command, in the order of the menus."""
    return tuple(sorted(gather(commands, "COMMAND"), key=lambda command: (command.order, command.name)))


def _is_offered(visit: Visit, command: Command) -> bool:
    return command.right is None or may(visit.roles, command.right)


def offered_to(visit: Visit) -> list[Command]:
    """The commands this person may use."""
    return [command for command in all_commands() if _is_offered(visit, command)]


def command_in(text: str) -> tuple[Command, str] | None:
    """ "/tonghop hôm qua", "/tonghop@bot", or a whole line that means the same."""
    if text.startswith("/"):
        head, *tail = text[1:].split(maxsplit=1) or [""]
        name, rest = head.split("@")[0].casefold(), "".join(tail)
        command = next((c for c in all_commands() if c.name == name), _by_words().get(name))  # "/help" too
        return None if command is None else (command, rest.strip())
    command = _by_words().get(plain(text)) if len(text) <= 60 else None
    return None if command is None else (command, "")


@cache
def _by_words() -> dict[str, Command]:
    return {fold(words): command for command in all_commands() for words in command.words}


def command_named(name: str) -> Command:
    return next(command for command in all_commands() if command.name == name)


def run(visit: Visit, command: Command, rest: str) -> None:
    if not _is_offered(visit, command):
        visit.reply(NOT_ALLOWED)
        return
    visit.offered = tuple((c.name, c.menu) for c in offered_to(visit))
    if command.place == Place.PRIVATE and not visit.message.is_private:
        _run_privately(visit, command, rest)
    else:
        command.run(visit, rest)


def _run_privately(visit: Visit, command: Command, rest: str) -> None:
    """Asked for in a room, answered in private."""
    chat_id = visit.account.private_chat_id if visit.account is not None else None
    if chat_id is None:
        visit.reply(
            f"Việc này tôi trả lời riêng. Xin mở trò chuyện với tôi: {private_link(visit.tx, visit.message.platform)}"
        )
        return
    visit.message = replace(
        visit.message, chat_id=chat_id, chat_type="private", thread_id=None, message_id=None, reply_to=None
    )
    visit.room = None
    command.run(visit, rest)
