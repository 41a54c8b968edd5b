"""One message with everything the readers share: its words, days, people, places, moods, and what came before."""

from datetime import date
from itertools import chain
from typing import Any

from understanding.counting.headcounts import is_headcount, listed_ratios
from understanding.dates import Duration, When, durations, whens
from understanding.dates.going import classes
from understanding.illness.temperature import Temperature, temperatures
from understanding.journeys.places import Place, places
from understanding.lazy import lazy
from understanding.mishaps.built_incidents import built_incidents
from understanding.numbers import Number, Ratio, numbers, ratios
from understanding.persons.household import SELF, Person
from understanding.persons.people import people
from understanding.persons.subjects import objects_in, subject_of
from understanding.phrases.gates import gate
from understanding.phrases.lexicon import Node
from understanding.phrases.line import Line
from understanding.phrases.settle import Match
from understanding.reading import Nicknames
from understanding.talk.moods import muted_words
from understanding.times import time_spans

NUMBERED_DAYS = gate({"mung", "mong", "ngay"})
PARTED = gate({"/", "tren"})
LAST_CLASS, MOST_CLASSES = 12, 15
SHORT = 7
"""A day of more words may hold a person: "12 em bay Hà Nội, 15"."""


class Scene:
    def __init__(
        self, text: str, today: date, context: str | None, nicknames: Nicknames | None, extra: Node | None
    ) -> None:
        self.line = Line(text, extra)
        self.today = today
        self.context = context or ""
        self.nicknames = nicknames
        self.subjects: dict[int, Person | None] = {}
        self.question = ":".join(self.context.split(":")[:2])  # what was asked, without the one field

    @lazy
    def whens(self) -> list[When]:
        found = whens(self.line, self.today, self.durations)
        spans = [(ratio.first, ratio.after) for ratio in self.ratios] if found else []
        spans += classes(self.line, found)
        return [when for when in found if not any(a < when.after and when.first_word < b for a, b in spans)]

    @lazy
    def durations(self) -> list[Duration]:
        return durations(self.line)

    @lazy
    def people(self) -> list[Person]:
        found = self._behind_days(people(self.line, self.nicknames))
        if "cn" not in self.line.words:
            return found
        sundays = {
            at
            for when in self.whens
            if when.after - when.first_word < SHORT
            for at in range(when.first_word, when.after)
        }
        return [person for person in found if self.line.words[person.first] != "cn" or person.first not in sundays]

    def _behind_days(self, found: list[Person]) -> list[Person]:
        """ "mùng ba em lên": the figure belongs to the day, "em" is the writer and not "ba em"."""
        if not self.line.gates & NUMBERED_DAYS:
            return found
        days = {when.after: when.first_word for when in self.whens if when.after - when.first_word < SHORT}
        return [
            person._replace(first=person.first + 1, who=SELF, certainty=0.9)
            if person.name is None and days.get(person.first + 1, person.first) < person.first
            else person
            for person in found
        ]

    @lazy
    def places(self) -> list[Place]:
        return [place for place in places(self.line) if not self.is_trapped(place.first, place.after)]

    @lazy
    def numbers(self) -> list[Number]:
        return numbers(self.line)

    @lazy
    def ratios(self) -> list[Ratio]:
        if not self.line.gates & PARTED or not self.fractions:
            return []
        counted = self.context.startswith(("reply_to:daily_count", "after:count"))
        listed = self.fractions if counted else listed_ratios(self.line, self.fractions)
        return [
            ratio for ratio in self.fractions if is_headcount(self.line, ratio, self.today, counted=ratio in listed)
        ]

    @lazy
    def fractions(self) -> list[Ratio]:
        """Every a/b, whatever it counts; "lớp 9/3" is a name when another one follows."""
        found = ratios(self.line)
        if "lop" not in self.line.bag or (len(found) == 1 and not self._is_class(found[0])):
            return found
        return [each for each in found if not (each.first and self.line.words[each.first - 1] == "lop")]

    def _is_class(self, ratio: Ratio) -> bool:
        """The "5/7" of "lớp 5/7 vắng 2": figures follow, and there are so many years of school."""
        behind = any(number.first >= ratio.after for number in self.numbers)
        return behind and ratio.part <= LAST_CLASS and ratio.whole <= MOST_CLASSES

    @lazy
    def units(self) -> list[tuple[int, int, str | None]]:
        """Every unit named: first word, word after, its name (none for the writer's own)."""
        from understanding.counting.units import units

        return units(self)

    @lazy
    def words_of_units(self) -> frozenset[int]:
        return frozenset(at for first, after, _ in self.units for at in range(first, after))

    @lazy
    def built_incidents(self) -> list[Match]:
        return built_incidents(self.line)

    @lazy
    def pieces_of_counts(self) -> dict[frozenset[int], list[Any]]:
        """The names and figures of a count, without the words that are skipped."""
        return {}

    @lazy
    def ways_home(self) -> dict[tuple[int, bool], list[tuple[int, int]]]:
        """The verbs of coming back from a trip: of which verb, and whether it leads back itself."""
        return {}

    @lazy
    def trapped(self) -> frozenset[int]:
        return frozenset(at for first, after, _ in self.line.of("traps") for at in range(first, after))

    @lazy
    def time_words(self) -> frozenset[int]:
        """Words that belong to a time of day."""
        return _words_inside(self.line, time_spans(self.line))

    @lazy
    def muted(self) -> frozenset[int]:
        """Words that tell nothing: quoted, asked, wished, read in the news, ordered, or only possible."""
        return muted_words(self)

    @lazy
    def busy_days(self) -> frozenset[int]:
        """Words of the days named."""
        return frozenset(at for when in self.whens for at in range(when.first_word, when.after))

    @lazy
    def busy(self) -> frozenset[int]:
        """Words of days, times, lengths, units, ratios, temperatures, and what is glued to a word before it."""
        line = self.line
        spans = [(when.first_word, when.after) for when in self.whens]
        spans += [(length.first, length.after) for length in self.durations]
        spans += [(first, after) for first, after, _ in self.units]
        spans += [(ratio.first, ratio.after) for ratio in self.ratios]
        busy = self.time_words.union(*(range(first, after) for first, after in spans))
        glued = enumerate(zip(line.starts[1:], line.ends, line.words, strict=False), 1)
        busy |= {at for at, (start, end, before) in glued if start == end and before.isalpha()}
        return busy | _words_inside(line, [(each.start, each.end) for each in self.temperatures])

    @lazy
    def temperatures(self) -> list[Temperature]:
        return temperatures(self.line)

    @lazy
    def known(self) -> set[int]:
        """Words that some list other than that of given names knows, and those that name people."""
        found = [*chain.from_iterable({**self.line.found, "given_names": ()}.values())]
        wide = [range(first, after) for first, after, _ in found if after - first > 1]
        people = [range(person.first, person.after) for person in self.people]
        return {match[0] for match in found}.union(*wide, *people)

    def is_trapped(self, first: int, after: int) -> bool:
        return bool(self.trapped) and any(a <= first and after <= b for a, b, _ in self.line.of("traps"))

    def matches(self, kind: str) -> list[Match]:
        """Phrases of a lexicon that are neither muted nor part of a misleading expression."""
        found = self.line.found.get(kind)
        if not found:
            return []
        return [match for match in found if match[0] not in self.muted and not self.is_trapped(match[0], match[1])]

    def subject(self, at: int, after: int = 0) -> Person | None:
        """The last person mentioned before a word in its sentence (not before the word `after`)."""
        if after:
            return subject_of(self, at, after)
        if at not in self.subjects:
            self.subjects[at] = subject_of(self, at, after)
        return self.subjects[at]

    @lazy
    def objects(self) -> frozenset[int]:
        """Where people stand of whom nothing is told."""
        return objects_in(self)

    def is_counted(self, person: Person) -> bool:
        """ "2 em", "mấy bạn": some people, not the writer."""
        if person.first and self.line.means(person.first - 1, "mấy", "một", "các", "những", "vài"):
            return True
        is_number = any(number.after == person.first for number in self.numbers) and not self.line.is_glued(
            person.first
        )
        return is_number and not any(when.first_word < person.first <= when.after for when in self.whens)


def _words_inside(line: Line, spans: list[tuple[int, int]]) -> frozenset[int]:
    """The words that begin inside these parts of the text."""
    if not spans:
        return frozenset()
    return frozenset([at for at, start in enumerate(line.starts) for a, b in spans if a <= start < b])
