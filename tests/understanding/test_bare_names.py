"""Somebody called by a name typed small and without marks is not the writer: read as another, or asked about."""

from datetime import UTC, datetime

import pytest

from understanding import read

AT = datetime(2026, 9, 8, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "chi hien ke toan di lao tu 15/9 den 18/9",
        "thang son to minh sot cao tu toi qua",
        "sep dung sang han cong tac tu 12 den 20/9",
        "dong chi nong thi hien nghi phep tu 15/9 den het 19/9",
        "anh quang to co dien test 2 vach",
        "co loan di da lat tu thu 6, chu nhat ve",
    ],
)
def test_a_name_without_marks_behind_a_form_of_address_is_never_surely_the_writer(text):
    reports = read(text, AT).reports

    assert reports
    assert not any(report.is_certain and report.get("who") == "self" for report in reports)


@pytest.mark.parametrize("text", ["em di ha noi tu mai den thu 6", "chi bi sot tu hom qua", "co xin nghi chieu nay"])
def test_who_speaks_of_himself_is_not_asked_for_his_name(text):
    assert [report.get("who") for report in read(text, AT).reports if report.is_certain] == ["self"]
