"""What the account is asked to do: paths by its type, buttons in fives, files, mentions that call nobody."""

from __future__ import annotations

import pytest

from bot.platform import Attachment, DeliveryError, Reason
from storage.messages import Button, Deed, OutgoingFile, OutgoingMessage
from tests.bot.platforms.zalo_oa.stage import ZaloOaStage, zalo_oa_stage

PDF = b"%PDF-1.7 " + bytes(range(256)) * 8
V2, V3 = "v2.0/oa/message", "v3.0/oa/message/cs"


def note(stage: ZaloOaStage, text: str = "Chào chị", **fields: object) -> OutgoingMessage:
    return OutgoingMessage(platform="zalo_oa", chat_id=stage.private, text=text, **fields)  # type: ignore[arg-type]


def in_room(stage: ZaloOaStage, text: str, **fields: object) -> OutgoingMessage:
    return OutgoingMessage(platform="zalo_oa", chat_id=stage.room, is_group=True, text=text, **fields)  # type: ignore[arg-type]


async def codes(stage: ZaloOaStage, path: str) -> list[int | None]:
    return [call["error_code"] for call in await stage.calls(path)]


async def test_a_business_is_written_to_by_the_new_path(stage: ZaloOaStage):
    await stage.platform.deliver(note(stage))
    assert (await codes(stage, V3), await codes(stage, V2)) == ([None], [])


async def test_a_state_agency_is_found_out_once_and_remembered(state_agency: ZaloOaStage):
    for _ in range(3):
        await state_agency.platform.deliver(note(state_agency))
    assert (await codes(state_agency, V3), await codes(state_agency, V2)) == ([-235], [None] * 3)
    await state_agency.account(oa_type=2)
    await state_agency.platform.deliver(note(state_agency))
    assert (await codes(state_agency, V3), (await codes(state_agency, V2))[-1]) == ([-235, None], -240)


@pytest.mark.parametrize("code", ["-200", "-201", "-230", "-9999"])
async def test_after_any_other_refusal_the_other_path_is_not_tried(stage: ZaloOaStage, code: str):
    await stage.fault(kind=code, method=V3)
    with pytest.raises(DeliveryError):
        await stage.platform.deliver(note(stage))
    assert await codes(stage, V2) == []


async def test_outside_the_window_somebody_is_out_of_reach_with_the_reason(stage: ZaloOaStage):
    await stage.account(heard={"1005": 0.0})
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.deliver(note(stage))
    assert (caught.value.reason, caught.value.detail) == (
        Reason.UNREACHABLE,
        "error -230: outside the 7-day window",
    )
    await stage.say("vâng", chat=stage.private)
    await stage.platform.deliver(note(stage))


async def test_between_two_and_seven_days_the_package_pays(stage: ZaloOaStage):
    three_days_ago = stage.sandbox.cloud.clock.now() - 3 * 86_400
    await stage.account(heard={"1005": three_days_ago}, quota=1)
    await stage.platform.deliver(note(stage))
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.deliver(note(stage))
    assert caught.value.reason is Reason.AWAY
    assert "hạn mức" in (stage.platform.trouble or "")


async def test_more_than_five_buttons_stand_under_several_messages(stage: ZaloOaStage):
    rows = tuple((Button(f"Đơn vị {number}", f"pick:{number}"),) for number in range(12))
    await stage.platform.deliver(note(stage, "Chọn đơn vị", buttons=rows))
    shown = await stage.shown(stage.private)
    assert [message.text for message in shown] == ["Chọn đơn vị", "Lựa chọn khác:", "Lựa chọn khác:"]
    assert [data for message in shown for data in message.buttons] == [f"pick:{number}" for number in range(12)]


async def test_in_a_group_there_are_no_buttons_and_names_in_brackets_call_nobody(stage: ZaloOaStage):
    buttons = ((Button("Đã nhận", "ack:1"),),)
    await stage.platform.deliver(in_room(stage, "Theo lời [@all] và [@123]: mai họp [phòng 2]", buttons=buttons))
    [shown] = await stage.shown(stage.room)
    assert (shown.text, shown.buttons) == ("Theo lời @all và @123: mai họp [phòng 2]", ())


async def test_a_file_is_uploaded_once_for_many_and_again_after_it_is_forgotten(stage: ZaloOaStage):
    file = OutgoingFile(name="Kế hoạch.pdf", file_id=1)
    for _ in range(3):
        await stage.platform.deliver(note(stage, file=file), attachment=Attachment(file.name, PDF))
    assert len(await stage.calls("v2.0/oa/upload/file")) == 1
    await stage.fault(kind="-100", method=V3)
    await stage.platform.deliver(note(stage, file=file), attachment=Attachment(file.name, PDF))
    assert len(await stage.calls("v2.0/oa/upload/file")) == 2
    files = [message.file for message in await stage.shown(stage.private) if message.file]
    assert files == [PDF] * 4


@pytest.mark.parametrize(
    ("name", "content"),
    [("Biểu.xlsx", PDF), ("Kế hoạch.pdf", b"0" * 5_000_001), ("Ảnh.jpg", b"0" * 1_000_001), ("Kế hoạch.pdf", None)],
)
async def test_what_zalo_does_not_take_is_named_and_the_words_go_out(
    stage: ZaloOaStage, name: str, content: bytes | None
):
    file = OutgoingFile(name=name, file_id=1)
    await stage.platform.deliver(note(stage, "Công văn 17", file=file), attachment=Attachment(name, content, "ref"))
    [shown] = await stage.shown(stage.private)
    assert shown.text.startswith(f"Công văn 17\n\n📎 {name}: Zalo OA chỉ nhận")


async def test_a_film_that_came_from_zalo_is_shown_by_its_address(stage: ZaloOaStage):
    file = OutgoingFile(name="phim.mp4", reference="https://f.zdn.vn/c", kind="video")
    await stage.platform.deliver(
        note(stage, "Lan báo thêm", file=file), attachment=Attachment("x", None, "https://f.zdn.vn/c")
    )
    [shown] = await stage.shown(stage.private)
    assert shown.text == "Lan báo thêm\n\n🎬 Xem phim tại: https://f.zdn.vn/c"


async def test_a_message_whose_end_did_not_go_out_is_doubtful(stage: ZaloOaStage):
    await stage.fault(kind="delay", method="v3.0/oa/group/message", seconds=0)
    await stage.fault(kind="-403", method="v3.0/oa/group/message")
    with pytest.raises(DeliveryError) as caught:
        await stage.platform.deliver(in_room(stage, "a" * 1999 + "\n\n" + "b" * 1999))
    assert caught.value.reason is Reason.UNCERTAIN


@pytest.mark.parametrize("deed", [Deed.REACT, Deed.CLOSE_PRESS])
async def test_what_cannot_be_shown_is_silence(stage: ZaloOaStage, deed: Deed):
    await stage.platform.deliver(note(stage, "", deed=deed, emoji="👍", reply_to="1", press_id="1"))
    assert await stage.shown(stage.private) == []


async def test_a_group_whose_slot_ran_out_is_out_of_reach():
    async with zalo_oa_stage() as stage:
        await stage.account(disabled_groups=[stage.room])
        with pytest.raises(DeliveryError) as caught:
            await stage.platform.deliver(in_room(stage, "Chào phòng"))
        assert caught.value.reason is Reason.UNREACHABLE
