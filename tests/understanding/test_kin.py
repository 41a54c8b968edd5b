"""The writer's own kin, called as the South calls them, and whom one visits."""

from datetime import UTC, datetime

import pytest

from understanding import read

AT = datetime(2026, 12, 21, 5, 0, tzinfo=UTC)
"""A Monday."""


def told(text):
    return [(report.kind, report.get("who")) for report in read(text, AT).reports]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("anh hai em mới test lên 2 vạch", "incident"),
        ("chú út em bị té xe", "incident"),
        ("ông anh tui bị sốt 39 độ", "symptom"),
        ("bà cô em dưới Cần Thơ mới lên tối qua", "travel"),
        ("anh họ em ở Hà Nội về tối qua", "travel"),
        ("chị họ e ở chung nhà dương tính sáng nay", "incident"),
    ],
)
def test_who_is_called_kin_by_the_writer_is_family_and_not_the_writer(text, kind):
    assert told(text) == [(kind, "family")]


def test_a_place_among_the_children_counts_nobody():
    (report,) = read("anh hai em mới test lên 2 vạch", AT).reports

    assert report.get("people") is None


def test_who_is_only_addressed_leaves_the_leave_to_the_writer():
    assert told("chị Ba em xin nghỉ sáng mai") == [("presence", "self")]


@pytest.mark.parametrize(
    ("text", "reports"),
    [
        ("em xin nghỉ chiều nay đi thăm bác đang nằm viện", [("presence", "leave")]),
        ("Tôi xin phép chiều mai ra Vinh thăm bà dì đang nằm viện, tối về lại", [("travel", None)]),
        ("công đoàn đi thăm chị Hoa ốm chiều nay", []),
        ("em đang nằm viện, mai cả phòng vào thăm", [("presence", "sick")]),
    ],
)
def test_who_visits_somebody_in_hospital_is_not_ill(text, reports):
    assert [(report.kind, report.get("status")) for report in read(text, AT).reports] == reports


def test_what_a_doctor_grants_is_the_leave_of_who_is_ill():
    reports = read("em bị sốt, bác sĩ cho nghỉ 3 ngày", AT).reports

    assert [(report.kind, report.get("status")) for report in reports] == [("symptom", None), ("presence", "sick")]


@pytest.mark.parametrize("text", ["ca tram khoe, k ai dau om chi", "cả hạt khỏe hết ạ"])
def test_all_of_a_house_are_a_group(text):
    (well,) = read(text, AT, "reply_to:health_check").reports

    assert (well.kind, well.get("who")) == ("symptom", "group")


def test_why_one_goes_somewhere_announces_nothing():
    (trip,) = read("t4 di Vinh hop giao ban cum, chieu t5 ve", AT).reports

    assert (trip.get("destinations"), str(trip.get("depart")), str(trip.get("return"))) == (
        ["Nghệ An"],
        "2026-12-23",
        "2026-12-24",
    )
