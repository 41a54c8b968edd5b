"""Does a journey lead into an area of risk? Provinces by their old and new names; days that touch count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from storage.records.risk_areas import RiskArea
from understanding.journeys.places import today_name


def may_be_in(province: str, area: str) -> bool:
    """The same province, or one is what the other became: "Đà Nẵng" may mean all that is Đà Nẵng today.

    Two old provinces of one new province are two places: "Bình Dương" is not "Bà Rịa - Vũng Tàu".
    """
    if province == area:
        return True
    return today_name(province) == today_name(area) and area_is_whole(province, area)


def area_is_whole(*names: str) -> bool:
    return any(today_name(name) == name for name in names)


def areas_on_the_way(
    places: Iterable[str], first: date, last: date | None, areas: Iterable[RiskArea]
) -> list[RiskArea]:
    """The areas into which a journey to these places, between these days, may lead."""
    wanted = list(places)
    return [
        area
        for area in areas
        if area.valid_from <= (last or date.max)
        and (area.valid_to is None or first <= area.valid_to)
        and any(may_be_in(place, area.province) for place in wanted)
    ]
