"""Reads "nhắc cả phòng 16:00 nộp báo cáo": the words about whom, the moment or the rhythm, and what is to be said; pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from handlers.days.named_moments import LATE, NamedMoment, moments_in
from handlers.local_time import clock_time, local, local_day
from handlers.timed_reminders.rhythm_reading import Span, ToldRhythm, is_repeated, read_rhythm
from handlers.timed_reminders.unclear import Lack, NotToBeReadError
from understanding.dates import read_dates
from understanding.phrases.normalize import fold, nfc

VERB = re.compile(r"(?<!\w)nhac(?:\s+(?:giup|ho|nho|dum|gium))*(?!\w)(?!\s+(?:lai|den|toi\s+viec)(?!\w))")
BEFORE = re.compile(
    r"(?:(?:nho|phien|xin|giup|ho|hay|em|anh|chi|toi|bot|truc ban|oi|hen|dat|gio|lich|luc|vao|den|toi|ngay|nhe|thi|minh)\b|[\s,.:!])*"
)
"""What may stand before the verb, beside the moment."""
LINKS = re.compile(r"\A(?:(?:la|rang|ve|viec|hay|nho|de|phai|can|luc|vao|hoi|den)\b|truoc\b(?!\s*\d)|[\s,.:;–-])+")
TAIL = re.compile(r"(?:[\s,.;:]|(?<!\w)(?:nhe|nha|a|voi|giup|gium|dum|luc|vao|hoi|den|nghen|nhen|nhoa))+\Z")
HALF_PAST = re.compile(r"(?<![\d:/])(\d{1,2})\s*(?:(?:giờ|gio|h|g)\s*)?(?:rưỡi|rưởi|ruoi)(?!\w)", re.IGNORECASE)
GAPS = re.compile(r"[ \t]{2,}")
TOGETHER = re.compile(r"[\s,&]*(?:va\s*)?(?:luc\s*)?")
VAGUE_DAY = r"(?<!\w)(?:(?:dau|giua|cuoi)\s+(?:tuan|thang|quy|nam)(?:\s+(?:nay|sau|toi))?|(?:tuan|thang|quy)\s+(?:sau|toi))(?!\w)"
VAGUE_DAY_BEFORE = re.compile(rf"{VAGUE_DAY}[\s,]*(?:(?:vao|luc|hoi|khoang)\s*)*\Z")
VAGUE_DAY_AFTER = re.compile(rf"[\s,]*(?:vao\s+)?{VAGUE_DAY}")
"""Beside an hour it tells of its day, and not which."""
ONE_HOUR = "Mỗi lời nhắc chỉ có một giờ ạ. Xin nhắn riêng cho từng giờ, ví dụ: nhắc tôi 8:00 hằng ngày uống thuốc."
SMALL_HOURS = range(1, 6)
"""Hours that nearly always mean the afternoon: "3h" alone is asked about."""
USUAL_HOURS = {"": time(8), "sang": time(8), "trua": time(11, 30), "chieu": time(14), "toi": time(19), "dem": time(21)}
"""When what comes again is said, where no hour was named; it is said back at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What stands behind the verb without the moment (`words`: whom and what), and when: once, or in a rhythm at an hour."""

    words: str
    at: datetime | None = None
    rhythm: ToldRhythm | None = None
    hour: time = USUAL_HOURS[""]
    names_hour: bool = True


def is_wish(text: str, said_at: datetime) -> bool:
    """Does it begin with "nhắc" (or with a moment and then "nhắc"), and name an hour or a rhythm?"""
    said = _with_half_hours(text)
    verb = VERB.search(fold(said))
    if verb is None:
        return False
    try:
        rhythm = read_rhythm(said, local_day(said_at)) if is_repeated(said) else None
    except NotToBeReadError:
        return BEFORE.fullmatch(fold(said)[: verb.start()]) is not None
    left = _blanked(said, rhythm.spans) if rhythm else said
    moments = moments_in(left, said_at)
    begins = BEFORE.fullmatch(_without(fold(left), moments)[: verb.start()]) is not None
    return begins and bool(moments or rhythm or _names_a_day_ahead(left, said_at))


def _names_a_day_ahead(said: str, said_at: datetime) -> bool:
    """ "nhắc các đơn vị mai nộp báo cáo": only the hour is missing."""
    today = local_day(said_at)
    return any(isinstance(slot.value, date) and slot.value >= today for slot in read_dates(said, local(said_at)))


def read_wish(text: str, said_at: datetime) -> Wish:
    """The words of a wish, or NotToBeReadError; of what is said once the hour is never guessed."""
    said = _with_half_hours(text)
    rhythm = read_rhythm(said, local_day(said_at))
    left = _blanked(said, rhythm.spans) if rhythm else said
    verb = VERB.search(fold(left))
    begin = 0 if verb is None else verb.end()
    moments = moments_in(left, said_at)
    chosen = next((one for one in moments if not one.is_limit), None)
    words = (_without(left, [chosen]) if chosen else left)[begin:].strip()
    if chosen is not None and any(_stands_with(left, chosen, one) for one in moments):
        raise NotToBeReadError(ONE_HOUR)
    if rhythm is not None:
        return _repeated(words, rhythm, chosen)
    if chosen is None:
        how = "nhắc cả phòng 15:30 nộp báo cáo trước 16:00." if moments else "nhắc cả phòng 16:00 nộp báo cáo."
        raise NotToBeReadError(
            "Nhắc lúc mấy giờ ạ?",
            f"Xin ghi giờ cần nhắc, ví dụ: {how}",
            lacks=Lack.HOUR,
            choices=("8:00", "14:00", "16:00"),
        )
    _must_name_its_day(chosen, fold(left))
    _must_be_clear(chosen)
    _must_be_ahead(chosen, said_at)
    return Wish(words=words, at=chosen.at)


def _stands_with(text: str, chosen: NamedMoment, other: NamedMoment) -> bool:
    """ "8h sáng và 8h tối": two hours of one wish."""
    between = fold(text)[chosen.end : other.start]
    return other.start > chosen.end and not other.is_limit and TOGETHER.fullmatch(between) is not None


def _repeated(words: str, rhythm: ToldRhythm, chosen: NamedMoment | None) -> Wish:
    """ "sáng thứ Hai hằng tuần lúc 7 giờ": the part of the day may stand with the days."""
    if chosen is None:
        return Wish(words=words, rhythm=rhythm, hour=USUAL_HOURS[rhythm.part], names_hour=False)
    hour = local(chosen.at).time()
    if chosen.names_part or not rhythm.part:
        _must_be_clear(chosen)
    elif hour.hour in LATE.get(rhythm.part, ()):
        hour = hour.replace(hour=(hour.hour + 12) % 24)
    return Wish(words=words, rhythm=rhythm, hour=hour)


def _with_half_hours(text: str) -> str:
    """ "9 rưỡi" as "9h30"."""
    return HALF_PAST.sub(r"\1h30", nfc(text))


def what_of(words: str) -> str:
    """What is to be said, without the little words at its ends and the gaps that the moment left."""
    rest = words[_end_of(LINKS, words) :]
    tail = TAIL.search(fold(rest))
    return GAPS.sub(" ", rest[: tail.start()] if tail else rest).strip()


def _end_of(pattern: re.Pattern[str], words: str) -> int:
    found = pattern.match(fold(words))
    return found.end() if found else 0


def _must_be_clear(moment: NamedMoment) -> None:
    hour = local(moment.at).time()
    if not moment.names_part and hour.hour in SMALL_HOURS and hour >= time(1):
        raise NotToBeReadError(
            f"{hour.hour} giờ sáng hay {hour.hour} giờ chiều ạ?",
            f"Xin nhắn lại cả câu, ví dụ “{hour.hour} giờ chiều” hoặc “{hour.hour + 12}:{hour.minute:02}”.",
            lacks=Lack.HALF,
            choices=("sáng", "chiều"),
        )


def _must_name_its_day(moment: NamedMoment, folded: str) -> None:
    """ "cuối tháng này 15h" is not 15:00 today."""
    before, after = folded[: moment.start], folded[moment.end :]
    if not moment.names_day and (VAGUE_DAY_BEFORE.search(before) or VAGUE_DAY_AFTER.match(after)):
        at = clock_time(moment.at)
        raise NotToBeReadError(
            f"{at} ngày nào ạ?", f"Xin nhắn lại, ghi rõ ngày, ví dụ: nhắc cả phòng {at} ngày 30 nộp báo cáo."
        )


def _must_be_ahead(moment: NamedMoment, said_at: datetime) -> None:
    if moment.at <= said_at:
        day = "ngày ấy" if moment.names_day else "hôm nay"
        raise NotToBeReadError(
            f"{clock_time(moment.at)} {day} đã qua nên tôi chưa hẹn ạ. Xin nhắn lại, ghi rõ ngày giờ, ví dụ “{clock_time(moment.at)} mai”."
        )


def _without(text: str, moments: list[NamedMoment]) -> str:
    """Spaces in place of the moments' words: all other words stay where they were."""
    spans = [span for one in moments for span in ((one.start, one.end), one.day_at) if span]
    return _blanked(text, spans)


def _blanked(text: str, spans: Iterable[Span]) -> str:
    left = list(text)
    for start, end in spans:
        left[start:end] = " " * (end - start)
    return "".join(left)
