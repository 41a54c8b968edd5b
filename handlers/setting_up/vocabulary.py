"""The words of a staff file for kinds of unit, roles and ways to call somebody, compared without case and marks."""

from __future__ import annotations

import re

from handlers.telling.other_ways import LONGEST_ADDRESS
from storage.records.people import Role
from storage.records.units import UnitKind
from understanding.phrases.normalize import fold

HONORIFICS = ("anh", "chị", "ông", "bà", "cô", "chú", "bác", "thầy", "đồng chí")
SEXES = {"nam": "anh", "nu": "chị"}
NO_HONORIFIC = "anh/chị"

KINDS = {
    "cơ quan": UnitKind.ORGANIZATION,
    "văn phòng": UnitKind.OFFICE,
    "phòng": UnitKind.DIVISION,
    "ban": UnitKind.DIVISION,
    "khoa": UnitKind.DIVISION,
    "tổ": UnitKind.DIVISION,
    "trung tâm": UnitKind.DIVISION,
    "đơn vị": UnitKind.DIVISION,
    "khu công nghiệp": UnitKind.ZONE,
    "KCN": UnitKind.ZONE,
    "cụm công nghiệp": UnitKind.ZONE,
    "doanh nghiệp": UnitKind.ENTERPRISE,
    "công ty": UnitKind.ENTERPRISE,
}
ROLES = {
    "lãnh đạo": Role.LEADER,
    "trưởng đơn vị": Role.HEAD_OF_UNIT,
    "trưởng": Role.HEAD_OF_UNIT,
    "phó trưởng đơn vị": Role.DEPUTY_HEAD,
    "phó đơn vị": Role.DEPUTY_HEAD,
    "phó": Role.DEPUTY_HEAD,
    "văn phòng": Role.OFFICE,
    "tổ giám sát": Role.MONITORING,
    "đầu mối": Role.FOCAL_POINT,
    "nhân viên": Role.STAFF,
    "quản trị": Role.ADMINISTRATOR,
}
TITLES = {
    Role.LEADER: "Lãnh đạo",
    Role.HEAD_OF_UNIT: "Trưởng đơn vị",
    Role.DEPUTY_HEAD: "Phó trưởng đơn vị",
    Role.OFFICE: "Văn phòng tổng hợp",
    Role.MONITORING: "Thành viên Tổ giám sát",
    Role.FOCAL_POINT: "Đầu mối",
    Role.STAFF: "Chuyên viên",
    Role.ADMINISTRATOR: "Quản trị",
}
"""What a post is called where the file gives no title."""
KINDS_OFFERED = "cơ quan, văn phòng, phòng, khu công nghiệp, doanh nghiệp"
ROLES_OFFERED = "lãnh đạo, trưởng đơn vị, phó, văn phòng, tổ giám sát, đầu mối, nhân viên, quản trị"

_honorifics = {fold(word): word for word in HONORIFICS} | {"dc": "đồng chí", "d/c": "đồng chí"}
_kinds = {fold(word): kind for word, kind in KINDS.items()}
_roles = {fold(word): role for word, role in ROLES.items()}

PHONE = re.compile(r"0[35789]\d{8}|02\d{8,9}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
CODE = re.compile(r"[\w./&-]+")


def read_honorific(text: str) -> str | None:
    return _honorifics.get(fold(text).strip(". "))


def read_kind(text: str) -> UnitKind | None:
    return _kinds.get(fold(text))


def read_roles(text: str) -> list[Role] | None:
    """One or several roles ("trưởng đơn vị; văn phòng"); None when a word of it is unknown, staff when empty."""
    words = [word.strip() for word in re.split(r"[,;+\n]", fold(text)) if word.strip()]
    if not words:
        return [Role.STAFF]
    found = [_roles.get(word) for word in words]
    return None if None in found else [role for role in dict.fromkeys(found) if role is not None]


def read_phone(text: str) -> str | None:
    """ "+84 912 345 678", "912345678" (a sheet ate the zero) and "0912.345.678" are one number; None: no number."""
    digits = re.sub(r"[\s.()-]", "", text)
    if digits.startswith(("+84", "84")) and len(digits) > len("0912345678"):
        digits = "0" + digits.removeprefix("+").removeprefix("84")
    elif len(digits) == 9 and digits[0] in "35789":
        digits = "0" + digits
    return digits if PHONE.fullmatch(digits) else None


def read_email(text: str) -> str | None:
    return text if EMAIL.fullmatch(text) and len(text) <= LONGEST_ADDRESS else None
