"""An office that works on its Official Account: buttons in private, words in groups, a week of silence, a state agency."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.membership.codes import renew_join_code
from storage.records.accounts import reachable_accounts
from tests.journeys.stage import Journey
from tests.journeys.zalo_oa_stage import open_zalo_oa_journey


@pytest.fixture(params=[2, 4], ids=["business", "state agency"])
async def stage(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncIterator[Journey]:
    async with open_zalo_oa_journey(database_url, tmp_path, oa_type=request.param) as journey:
        yield journey
        await journey.nothing_is_wrong()


async def test_a_journey_is_told_with_buttons(stage: Journey) -> None:
    await stage.play("""
        chị Lan → Trực Ban: mai em đi Đà Nẵng, thứ Sáu về
        Trực Ban → chị Lan: Chị đi việc gì ạ? [Công tác] [Việc riêng] [Bỏ]
        chị Lan → Trực Ban [Công tác]
        Trực Ban → chị Lan: ✅ Đã ghi: báo đi khỏi tỉnh … công tác [Sửa] [Rút lại]
        Trực Ban → anh Minh: Báo đi khỏi tỉnh … chị Vũ Thị Lan
    """)


async def test_a_directive_is_received_by_words_in_the_room(stage: Journey) -> None:
    """The account hears every line of its groups, so nobody needs to name it."""
    await stage.play("""
        bà Nga → Trực Ban: Chỉ đạo: 8 giờ sáng mai họp toàn cơ quan tại hội trường.
        Trực Ban → bà Nga: Gửi tới ai ạ? [Toàn thể]
        bà Nga → Trực Ban [Toàn thể]
        Trực Ban → bà Nga: Xem trước … 8 người phải xác nhận … Phát hành chứ ạ? [Phát hành] [Sửa] [Bỏ]
        bà Nga → Trực Ban [Phát hành]
        Trực Ban → Toàn cơ quan: CHỈ ĐẠO … họp toàn cơ quan
        chị Lan → Toàn cơ quan: Đã nhận ạ
        bà Nga → Trực Ban [Ai chưa nhận]
        Trực Ban → bà Nga: Chưa nhận (7
    """)


async def test_a_stranger_joins_by_his_code(stage: Journey) -> None:
    code = await stage.change(lambda tx, _: renew_join_code(tx, stage.cast.tu.person_id))
    await stage.play(f"""
        người lạ → Trực Ban: {code}
        Trực Ban → người lạ: anh Tú
    """)


async def test_a_symptom_told_in_the_room_goes_on_in_private_and_is_taken_by_a_press(stage: Journey) -> None:
    await stage.play("""
        anh Tú → Phòng KT: em bị đau họng với sốt từ sáng
        Trực Ban → Phòng KT: (im lặng)
        Trực Ban → anh Tú: ✅ Đã ghi: báo triệu chứng, sốt, đau họng
        Trực Ban → anh Minh: 🚨 Tin khẩn … anh Đỗ Anh Tú (Phòng KT) [✅ Đã nhận] [Tôi không xử lý được]
        anh Minh → Trực Ban [✅ Đã nhận]
        Trực Ban → anh Minh: Đã ghi nhận anh nhận tin
        Trực Ban → anh Dũng: ✅ anh Minh đã nhận tin khẩn
    """)


async def test_whoever_was_silent_for_a_week_is_known_before_a_send_and_wakes_with_a_word(stage: Journey) -> None:
    """Chị Thu sits in no common room here: after eight days only her own word opens the way to her again."""
    await stage.play("""
        chị Thu → Trực Ban: hôm nay em làm ở cơ quan
        Trực Ban → chị Thu: Đã ghi
    """)
    thu = stage.cast.thu.person_id
    await stage.move_clock(advance=8 * 86_400.0)
    await stage.settle_down()
    assert await stage.look(lambda tx, _: reachable_accounts(tx, thu)) == []
    await stage.play("""
        chị Thu → Trực Ban: hôm nay em làm ở cơ quan
        Trực Ban → chị Thu: Đã ghi
    """)
    assert len(await stage.look(lambda tx, _: reachable_accounts(tx, thu))) == 1
