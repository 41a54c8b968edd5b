"""The cells of one row by the names of their columns, read one by one; what cannot be read is complained of."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from handlers.setting_up.columns import HEADINGS
from handlers.setting_up.staff_file import Problem
from handlers.setting_up.vocabulary import CODE

T = TypeVar("T")

LONGEST_CODE = 32


class Cells:
    def __init__(self, row: int, values: dict[str, str], problems: list[Problem]) -> None:
        self.row = row
        self.values = values
        self._problems = problems
        self._unsound: set[str] = set()

    def complain(self, reason: str) -> None:
        self._problems.append(Problem(reason, self.row))

    def is_sound(self, name: str) -> bool:
        """False where this cell has been complained of already."""
        return name not in self._unsound

    def text(self, name: str, longest: int) -> str:
        value = self.values.get(name, "")
        if len(value) > longest:
            self._reject(name, f"{HEADINGS[name]} dài quá {longest} chữ.")
            return ""
        return value

    def code(self, name: str) -> str:
        """A code: capitals, no spaces."""
        written = self.values.get(name, "")
        value = written.upper()
        if value and (len(value) > LONGEST_CODE or not CODE.fullmatch(value)):
            self._reject(
                name,
                f"{HEADINGS[name]} “{written[:40]}” không hợp lệ: cần mã viết liền như QLCN, tối đa {LONGEST_CODE} chữ.",
            )
            return ""
        return value

    def read(self, name: str, reader: Callable[[str], T | None], advice: str) -> T | None:
        value = self.values.get(name, "")
        if not value:
            return None
        found = reader(value)
        if found is None:
            self._reject(name, f"{HEADINGS[name]} “{value[:60]}” không đọc được. {advice}")
        return found

    def agree(self, heading: str, before: T, said: T, row_before: int) -> T:
        """The one value of two rows; a second, different one is complained of."""
        if before and said and before != said:
            self.complain(f"{heading} ghi khác với dòng {row_before}.")
        return before or said

    def _reject(self, name: str, reason: str) -> None:
        self._unsound.add(name)
        self.complain(reason)
