"""Courtesy in people's words: is a line a greeting, thanks, a nod, a cry for help, a slip, an excuse, anger, a question?"""

from __future__ import annotations

from handlers.answers.groups import read_groups
from handlers.wording import plain

LONGEST = 8  # words; a longer line says something

WORDS = {name: frozenset(ways) for name, ways in read_groups("courtesies.tsv").items()}
FILLERS = WORDS["đệm"]
KINDS = ("chào", "cảm ơn", "vâng", "giúp", "lỡ", "xin lỗi", "tên", "bực")


def courtesy_in(said: str) -> str | None:
    """One of `KINDS`, if the whole line is no more than that."""
    words = plain(said).split()
    if len(words) > LONGEST or not said:
        return None
    if set(said.strip()) == {"?"}:
        return "chào"
    core = " ".join(word for word in words if word not in FILLERS)
    if not core:
        return "giúp" if "giup" in words else "chào" if {"oi", "truc"} & set(words) else "vâng"
    found = next((kind for kind in KINDS if core in WORDS[kind]), None)
    return found if found is not None or any(map(str.isalnum, core)) else "vâng"  # a sign alone is a nod


def orders(said: str) -> bool:
    """Does the line tell us to remind, to send, to call somebody?"""
    return f"{plain(said)} ".startswith(tuple(f"{words} " for words in WORDS["đòi sai"]))


def asks(said: str) -> bool:
    """Is it a question, by its mark or its words?"""
    line = f" {plain(said)} "
    begins = tuple(f" {words} " for words in WORDS["mở đầu câu hỏi"])
    ends = tuple(f" {words} " for words in WORDS["cuối câu hỏi"])
    return said.rstrip().endswith("?") or line.startswith(begins) or line.endswith(ends)
