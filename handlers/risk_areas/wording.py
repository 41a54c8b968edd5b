"""An area of risk in words: a line of the list, a warning to the traveller, a note to those who hear of his journey."""

from __future__ import annotations

from collections.abc import Iterable

from handlers.local_time import full_day, short_day
from handlers.wording import bold
from storage.records.risk_areas import RiskArea
from understanding.journeys.places import today_name


def called(area: RiskArea) -> str:
    """ "Quảng Nam (nay thuộc Đà Nẵng), cấp 2"."""
    today = today_name(area.province)
    belongs = f" (nay thuộc {today})" if today != area.province and today not in area.name else ""
    return f"{area.name}{belongs}" + (f", cấp {area.level}" if area.level is not None else "")


def in_the_list(area: RiskArea) -> str:
    days = f"từ {short_day(area.valid_from)}" + (f" đến {full_day(area.valid_to)}" if area.valid_to else "")
    return "; ".join(part for part in (called(area), days, area.source, area.advice) if part)


def warning(areas: Iterable[RiskArea]) -> str:
    """What the traveller reads at once; nothing where there is nothing to warn of."""
    lines = [_warning(area) for area in areas]
    if not lines:
        return ""
    return "\n".join([*lines, "Nếu chưa thật cần, xin cân nhắc hoãn chuyến đi ạ."])


def _warning(area: RiskArea) -> str:
    source = f" (theo {area.source})" if area.source else ""
    advice = f" Lưu ý: {area.advice.rstrip('.')}." if area.advice else ""
    return f"⚠️ {bold('Vùng nguy cơ')}: {called(area)}{source}.{advice}"


def note(areas: Iterable[RiskArea]) -> str:
    """For those who hear of the journey."""
    names = "; ".join(called(area) for area in areas)
    return f"⚠️ Vùng nguy cơ: {names}." if names else ""
