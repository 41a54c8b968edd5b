"""What people read of an alert, and the buttons under it."""

from __future__ import annotations

from datetime import datetime

from handlers.alerts.policies import Policy
from handlers.local_time import clock_time, local_day, short_day
from handlers.telling import Buttons
from handlers.wording import bold
from storage.messages import Button
from storage.records.alerts import Alert, Severity

SEVERITIES = {Severity.SEVERE: "nghiêm trọng", Severity.MEDIUM: "", Severity.LOW: "không gấp"}
TAKE, PASS, SNOOZE, CLOSE = "✅ Đã nhận", "Tôi không xử lý được", "Hoãn 15 phút", "Đã xử lý xong"


def heading(alert: Alert) -> str:
    """ "Tin khẩn số 12 (nghiêm trọng)"."""
    severity = SEVERITIES[Severity(alert.severity)]
    return f"{bold('Tin khẩn')} số {alert.id}{f' ({severity})' if severity else ''}"


def since(alert: Alert, now: datetime) -> str:
    """ "lúc 08:00", with the day where it is another one."""
    is_today = local_day(alert.raised_at) == local_day(now)
    return f"lúc {clock_time(alert.raised_at)}{'' if is_today else f' ngày {short_day(local_day(alert.raised_at))}'}"


def call_text(alert: Alert, *, told_before: int, is_first_step: bool, instead_of: list[str], now: datetime) -> str:
    """The alert to somebody whose turn it is."""
    if told_before:
        again = f" (nhắc lại lần {told_before}, tin {since(alert, now)})"
    else:
        again = "" if is_first_step else f" (tin {since(alert, now)}, chưa ai nhận)"
    stands_in = f"\nGửi anh/chị thay {', '.join(instead_of)} đang vắng." if instead_of else ""
    return (
        f"🚨 {heading(alert)}{again}\n{alert.subject}{stands_in}\n\n"
        "Xin chọn “Đã nhận” (hoặc nhắn: đã nhận) để mọi người biết đã có người lo."
    )


def ask_text(alert: Alert) -> str:
    """To somebody who nodded without a word of what he nods at."""
    return f"Anh/chị nhận xử lý {heading(alert)} chứ ạ?\n{alert.subject}"


def copy_text(alert: Alert, called: list[str]) -> str:
    """The alert to somebody who shall know, while others are to act."""
    who = f"Đã báo {', '.join(called)} xử lý trước." if called else "Chưa báo được cho ai xử lý trước."
    return f"🚨 {heading(alert)}, để biết\n{alert.subject}\n\n{who} Anh/chị vẫn có thể chọn “Đã nhận”."


def outside_text(alert: Alert, now: datetime) -> str:
    """The alert by letter or short message: that there is one, never what it is about."""
    return (
        f"TIN KHẨN số {alert.id} {since(alert, now)} đang chờ anh/chị. "
        "Xin mở trò chuyện với Trực Ban để nhận, hoặc gọi ngay cho Văn phòng."
    )


def reminder_text(alert: Alert, now: datetime) -> str:
    return (
        f"⏳ Tin khẩn số {alert.id} anh/chị đã nhận lúc {clock_time(alert.taken_at or now)} còn mở:\n{alert.subject}\n\n"
        f"Xong việc xin báo “{CLOSE}” (hoặc nhắn: đóng)."
    )


def call_buttons(alert: Alert, policy: Policy) -> Buttons:
    first = (Button(TAKE, f"alert:take:{alert.id}"), Button(PASS, f"alert:pass:{alert.id}"))
    later = ((Button(SNOOZE, f"alert:snooze:{alert.id}"),),) if policy.may_snooze else ()
    return (first, *later)


def copy_buttons(alert: Alert) -> Buttons:
    return ((Button(TAKE, f"alert:take:{alert.id}"),),)


def close_buttons(alert: Alert) -> Buttons:
    return ((Button(CLOSE, f"alert:close:{alert.id}"), Button(SNOOZE, f"alert:snooze:{alert.id}")),)
