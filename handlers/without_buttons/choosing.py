"""A choice made by words, where there are no buttons: "2", "chọn 2", "a", "đã nhận" press what that meant in this chat.

Nothing is guessed: what could mean two things is asked about, with what each of them was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from textwrap import shorten

from handlers.directives import says_received
from handlers.rounds import Owing, figure_buttons, owing
from handlers.visit import Visit
from storage.messages import Act, Button, Marks
from storage.records.dialogues import Dialogue
from storage.records.offers import Choice, Offer, open_offers
from understanding.phrases.normalize import fold

LONGEST = 80
MARK = re.compile(
    r"(?P<surely>(?:chọn|chon|số|so|câu|cau)\s+)?(?P<mark>\d{1,3}|[a-z])(?:\s+(?:ạ|nhé|nha))?", re.IGNORECASE
)
POLITE = frozenset(["da", "vang", "em", "toi", "minh", "chau", "a", "nhe", "nha", "roi"])
RECEIVED = "nhan"
"""How "Đã nhận" reads without its polite words."""
ABOUT = "which"
SAID = "said"
"""The button that says: these words were no choice."""
ASKED_NOW = "Câu đang hỏi"
MENDING = "mend:"
LONGEST_LABEL = 70

IsOpen = Callable[[Visit, list[str]], bool]
"""Whether a button still does something for this person: gets the parts of its data after the verb."""


@dataclass(frozen=True, slots=True)
class Meant:
    """One thing that the words may choose."""

    offer: Offer
    choice: Choice
    is_by_mark: bool


def take_choice(visit: Visit, press: Callable[[Visit], None], is_open: dict[str, IsOpen]) -> bool:
    """Press what the words choose; false if they choose nothing that stands open here for this person."""
    message = visit.message
    if not message.by_words or message.file is not None or not 0 < len(message.text) <= LONGEST:
        return False
    standing = open_offers(visit.tx, message.platform, message.chat_id, visit.now)
    mine = [offer for offer in standing if offer.user_id in ("", message.user_id)]
    meant = _still_open(visit, _meant_by(message.text, mine), is_open)
    if not meant:
        return False
    rivals = _rivals(visit, meant[0])
    if len(meant) == 1 and not rivals:
        _press(visit, meant[0].choice, press)
    else:
        _ask_which(visit, meant, rivals)
    return True


def _meant_by(said: str, standing: list[Offer]) -> list[Meant]:
    """By number or letter, else by what stands on the button; each button once, as it was offered last."""
    offered = [(offer, choice) for offer in standing for choice in offer.open_choices]
    found = MARK.fullmatch(said.strip(" .!)\n"))
    by_mark = [] if found is None else [one for one in offered if one[1].mark == found["mark"].lower()]
    chosen = by_mark or [one for one in offered if _says(said, one[1].label)]
    by_data = {choice.data: Meant(offer, choice, bool(by_mark)) for offer, choice in reversed(chosen)}
    return list(reversed(by_data.values()))


def _says(said: str, label: str) -> bool:
    words, on_it = _words(said), _words(label)
    if not words:
        return False
    without_brackets = _words(re.sub(r"[(].*?[)]", "", label))
    return words in (on_it, without_brackets) or (on_it.split()[:1] == [RECEIVED] and says_received(said))


def _words(text: str) -> str:
    """Folded, without signs and without the polite words around it."""
    words = re.sub(r"[^\w%]+", " ", fold(text)).split()
    while words and words[0] in POLITE:
        words.pop(0)
    while words and words[-1] in POLITE:
        words.pop()
    return " ".join(words)


def _still_open(visit: Visit, meant: list[Meant], is_open: dict[str, IsOpen]) -> list[Meant]:
    """Without what is done already; a word that fits nothing else still gets told so by the button's own answer."""
    left = [one for one in meant if _is_open(visit, one.choice.data, is_open)]
    return left or [one for one in meant[:1] if not one.is_by_mark]


def _is_open(visit: Visit, data: str, is_open: dict[str, IsOpen]) -> bool:
    verb, *parts = data.split(":")
    look = is_open.get(verb)
    return look is None or look(visit, parts)


def _rivals(visit: Visit, meant: Meant) -> list[Button]:
    """What a bare number may mean besides: the answer to an open question, or a figure that is owed here."""
    said = visit.message.text.strip(" .!)\n")
    dialogue = visit.dialogue()
    is_number = meant.is_by_mark and said.isdecimal()
    if dialogue is not None:
        # "sửa": the report before, or what is asked now?
        may_be_answer = is_number and not _belongs_to(dialogue, meant.choice)
        is_unsure = may_be_answer or meant.choice.data.startswith(MENDING)
        return [Button(ASKED_NOW, f"{SAID}:{said}")] if is_unsure else []
    if not is_number:
        return []
    return figure_buttons(_figures_owed(visit), int(said), names_units=True)


def _belongs_to(dialogue: Dialogue, choice: Choice) -> bool:
    """Is it one of the answers that the open question offers itself?"""
    verb, *parts = choice.data.split(":")
    return verb == dialogue.topic or dialogue.state.get("nonce") in parts


def _figures_owed(visit: Visit) -> list[Owing]:
    if not visit.is_where_units_answer or not visit.posts:
        return []
    owed = owing(visit.tx, unit_ids=visit.unit_ids, person_id=None, now=visit.now)
    return [each for each in owed if each.kind.reads_bare_number]


def _press(visit: Visit, choice: Choice, press: Callable[[Visit], None]) -> None:
    visit.message = replace(visit.message, act=Act.PRESS, pressed=choice.data)
    before = visit.said
    press(visit)
    if visit.note and visit.said == before:
        visit.reply(visit.note, is_receipt=visit.note_is_receipt)


def _ask_which(visit: Visit, meant: list[Meant], rivals: list[Button]) -> None:
    offered = [Button(_label(one), one.choice.data) for one in meant] + rivals
    text = f"“{visit.message.text.strip()}” là cho việc nào ạ?"
    visit.reply(text, buttons=tuple((button,) for button in offered), about=ABOUT, marks=Marks.LETTERS)


def _label(meant: Meant) -> str:
    return shorten(f"{meant.choice.label} · {meant.offer.title}", LONGEST_LABEL, placeholder="…")
