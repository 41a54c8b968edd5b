"""The words of the command line, and Vietnamese sentences for the wrong ones."""

import argparse
import re
import sys
from pathlib import Path
from typing import NoReturn

DEFAULT_URL = "http://127.0.0.1:8081"
AS_AND_ROOM = ("--as", "--room")
# Each command: what it must be given, what it may be given, and its last word, if it takes one.
COMMANDS: dict[str, tuple[tuple[str, ...], tuple[str, ...], str | None]] = {
    "say": (AS_AND_ROOM, ("--thread", "--reply-to", "--anonymous", "--mention"), "text"),
    "reply": ((*AS_AND_ROOM, "--reply-to"), ("--thread", "--anonymous"), "text"),
    "edit": ((*AS_AND_ROOM, "--message"), (), "text"),
    "press": ((*AS_AND_ROOM, "--message"), ("--data", "--wait"), "button?"),
    "react": ((*AS_AND_ROOM, "--message"), (), "emoji?"),
    "delete": ((*AS_AND_ROOM, "--message"), (), None),
    "upload": (AS_AND_ROOM, ("--kind", "--caption", "--thread", "--reply-to", "--mention"), "file"),
    "send": (
        AS_AND_ROOM,
        ("--sticker", "--unsupported", "--mention", "--location", "--contact", "--name", "--forward", "--from"),
        None,
    ),
    "join": (AS_AND_ROOM, ("--added-by",), None),
    "leave": (AS_AND_ROOM, (), None),
    "add_bot": ((*AS_AND_ROOM, "--bot"), ("--payload",), None),
    "kick": ((*AS_AND_ROOM, "--member"), (), None),
    "promote": ((*AS_AND_ROOM, "--member"), ("--anonymous",), None),
    "demote": ((*AS_AND_ROOM, "--member"), (), None),
    "upgrade": (AS_AND_ROOM, (), None),
    "topic": (AS_AND_ROOM, (), "name"),
    "group": (("--as",), ("--type", "--members", "--forum"), "title"),
    "start": (("--as", "--bot"), ("--payload",), None),
    "block": (("--as", "--bot"), (), None),
    "unblock": (("--as", "--bot"), (), None),
    "rooms": (("--as",), (), None),
    "messages": (AS_AND_ROOM, ("--after", "--limit"), None),
    "world": ((), (), "merge?"),
    "clock": ((), (), "to?"),
}
NUMBERS = {"--thread", "--reply-to", "--message", "--after", "--limit"}
FLAGS = {"--anonymous", "--forum", "--mention"}

WRONG = {
    r"arguments are required: (.+)": "Còn thiếu: {}",
    r"argument (.+): invalid int value: (.+)": "{} phải là một con số, không phải {}",
    r"argument (.+): expected one argument": "{} cần một giá trị",
    r"invalid choice: (\S+)": "Không có lệnh {}",
    r"unrecognized arguments: (.+)": "Không hiểu: {}",
    r"argument .+?: (Cổng .+)": "{}",
}


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        for words, sentence in WRONG.items():
            if match := re.search(words, message):
                message = sentence.format(*match.groups())
                break
        print(f"{message}. Xem: python -m sandbox --help", file=sys.stderr)  # noqa: T201
        sys.exit(2)


def _port(word: str) -> int:
    if not word.isdigit() or int(word) > 65_535:
        raise argparse.ArgumentTypeError("Cổng phải là một số từ 0 đến 65535")
    return int(word)


def read_command_line(words: list[str]) -> argparse.Namespace:
    parser = Parser(
        prog="python -m sandbox",
        description="Máy chủ nhắn tin để chạy thử bot (Bot API của Telegram, Bot Platform của Zalo).",
    )
    parser.add_argument(
        "--port",
        type=_port,
        default=8081,
        help="cổng để nghe; 0 là cổng trống bất kỳ",
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--world", type=Path, help="tệp JSON gồm người, bot và nhóm")
    parser.add_argument("--state", type=Path, help="tệp giữ mọi thứ qua các lần chạy")
    parser.add_argument("--any-token", action="store_true", help="nhận cả bot chưa khai báo")
    commands = parser.add_subparsers(dest="command", metavar="LỆNH", help=" · ".join(COMMANDS), parser_class=Parser)
    for name, (needed, possible, last) in COMMANDS.items():
        command = commands.add_parser(name)
        command.add_argument("--url", default=DEFAULT_URL)
        for option in needed + possible:
            _add_option(command, option, needed=option in needed)
        if last:
            command.add_argument(last.rstrip("?"), nargs="?" if last.endswith("?") else None)
    return parser.parse_args(words)


def _add_option(command: argparse.ArgumentParser, option: str, *, needed: bool) -> None:
    if option in FLAGS:
        command.add_argument(option, action="store_true", default=None)
    else:
        command.add_argument(option, required=needed, type=int if option in NUMBERS else str)
