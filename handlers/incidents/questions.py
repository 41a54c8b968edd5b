"""Questions that several kinds of incident ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from handlers.answers.readers import folded
from handlers.check_in import Answers, Question


def one_of(choices: dict[str, str], *, also: dict[str, str] | None = None) -> Callable[[str, datetime], str | None]:
    """A reader of one of these: label → answer; `also`: other words for it, folded."""
    known = {folded(label): answer for label, answer in [*choices.items(), *(also or {}).items()]}
    return lambda text, _sent_at: known.get(folded(text))


def choice(
    name: str,
    ask: str,
    choices: dict[str, str],
    *,
    also: dict[str, str] | None = None,
    when: Callable[[Answers], bool] = lambda _answers: True,
) -> Question:
    """Asked with buttons; whoever does not know yet may say so."""
    hint = f"Xin chọn bên dưới, hoặc ghi: {', '.join(choices).lower()}."
    read = one_of(choices, also=also)
    return Question(name=name, ask=ask, read=read, choices=tuple(choices), is_skippable=True, when=when, hint=hint)


def some_words(text: str, _sent_at: datetime) -> str | None:
    return " ".join(text.split())[:300] or None


PLACE = Question(
    name="place",
    ask="Ở đâu ạ? Xin ghi nơi xảy ra và xã, phường.",
    read=some_words,
    is_skippable=True,
)
