"""A list that is cut says so: what is not shown is never passed over in silence."""

from __future__ import annotations

from datetime import datetime

import pytest

from handlers.approvals import deciding
from handlers.commands import calendar, chronicle, mine
from handlers.directives import following, receipts
from handlers.incidents import desk as incident_desk
from handlers.playbooks import leading
from storage.database import Database
from storage.records.playbooks import running
from tests.cast import Cast, Member
from tests.handlers.playing import play_soundly
from tests.handlers.speaking import Desk

LIMITS = (
    (calendar, "MOST"),
    (chronicle, "MOST"),
    (deciding, "MOST_OFFERED"),
    (following, "LATEST"),
    (incident_desk, "MOST_CARDS"),
    (leading, "MOST_STEPS"),
    (mine, "MOST"),
    (receipts, "MANY"),
)


@pytest.fixture(autouse=True)
def _shows_one(monkeypatch: pytest.MonkeyPatch) -> None:
    for module, limit in LIMITS:
        monkeypatch.setattr(module, limit, 1)


def publish(desk: Desk, who: Member, text: str) -> None:
    desk.say(who, f"chỉ đạo: {text}")
    desk.press(who, "Toàn thể")
    desk.press(who, "Phát hành")


async def test_of_many_incidents_the_rest_is_named(database: Database, now: datetime, cast: Cast) -> None:
    """Cards of the latest, the titles of the others; the alerts of both in the list of alerts."""

    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "báo khẩn: cháy kho hàng ở KCN1")
        desk.say(cast.phuc, "báo khẩn: ngộ độc thực phẩm ở bếp ăn, 12 người")
        desk.forget()
        desk.say(cast.nga, "/suviec")
        *_, card, rest = desk.heard(cast.nga.account)
        assert "Ngộ độc" in card
        assert "· Cháy, nổ" in rest
        desk.say(cast.nga, "/nhatky")
        assert "… và 1 tin cũ hơn." in desk.last(cast.nga.account)

    await play_soundly(database, now, scene)


async def test_of_many_requests_all_are_counted(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "mai đi Đà Nẵng họp, thứ Sáu về")
        desk.say(cast.tu, "mai đi Huế họp, thứ Sáu về")
        desk.say(cast.minh, "/duyet")
        told = desk.last(cast.minh.account)
        assert "Có 2 đơn chờ" in told
        assert "… và 1 đơn nữa." in told

    await play_soundly(database, now, scene)


async def test_of_many_directives_the_rest_is_counted(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        publish(desk, cast.nga, "các đơn vị rà soát phòng cháy")
        publish(desk, cast.nga, "các đơn vị báo cáo tiến độ giải ngân")
        for said in ("/chuanhan", "đã nhận"):
            desk.say(cast.lan, said)
            assert "… và 1 chỉ đạo nữa." in desk.last(cast.lan.account), said

    await play_soundly(database, now, scene)


async def test_what_one_reported_earlier_is_hinted_at(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.lan, "tôi nghỉ phép ngày mai")
        desk.say(cast.lan, "tôi bị sốt 38,5 độ")
        desk.say(cast.lan, "/toidabao")
        assert "… và những tin cũ hơn." in desk.last(cast.lan.account)

    await play_soundly(database, now, scene)


async def test_of_many_named_days_the_rest_is_counted(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, "/lich nghỉ 24/11 thành lập ngành")
        desk.say(cast.hoa, "/lich làm 28/11 làm bù")
        desk.say(cast.hoa, "/lich")
        assert "… và 1 ngày nữa." in desk.last(cast.hoa.account)

    await play_soundly(database, now, scene)


async def test_of_many_steps_the_rest_is_counted(database: Database, now: datetime, cast: Cast) -> None:
    def scene(desk: Desk) -> None:
        desk.say(cast.hoa, "/dientap")
        [first, *_] = desk.messages(cast.hoa.account)[-1].buttons
        desk.press(cast.hoa, first[0].text)
        for answer in ("Cấp 1", "Tại cơ quan", "Bắt đầu diễn tập"):
            labels = {button.text for row in desk.messages(cast.hoa.account)[-1].buttons for button in row}
            if answer in labels:
                desk.press(cast.hoa, answer)
        [run] = running(desk.tx)
        desk.press_data(cast.hoa, f"run:steps:{run.id}")
        assert "bước nữa, hiện ra khi các bước này đã xong." in desk.last(cast.hoa.account)

    await play_soundly(database, now, scene)
