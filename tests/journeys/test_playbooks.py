"""Playbooks over the real wire: from the raise to the closing report, a drill, and one the office writes itself."""

from __future__ import annotations

from pathlib import Path

from tests.journeys.stage import Journey

PICTURE = Path(__file__).parents[2] / "docs/pictures/phone.png"


async def test_a_case_in_the_office_is_answered_by_its_playbook(stage: Journey) -> None:
    """Reported, offered, begun by the director, ticked by word and photo, chased, ended with a Word file."""
    stage.files = {"phong-lam-viec.png": PICTURE.read_bytes()}
    await stage.play("""
        anh Tú → Trực Ban: em test lên 2 vạch, dương tính covid rồi ạ
        Trực Ban → bà Nga: 📋 Sự việc … có phương án sẵn [Chạy: Ca bệnh gần trụ sở] [Chạy: Ca bệnh tại cơ quan, đơn vị]
        Trực Ban → anh Minh: 🚨 Tin khẩn
        bà Nga → Trực Ban [Chạy: Ca bệnh tại cơ quan, đơn vị]
        Trực Ban → bà Nga: 📋 Chạy THẬT phương án … 4 bước, 9 người sẽ nhận tin [Bắt đầu] [Thôi]
        bà Nga → Trực Ban [Bắt đầu]
        Trực Ban → chị Hoa: 📋 Ca bệnh tại cơ quan, đơn vị … Bước 1: Thông báo ngay cho Sở Y tế … Hạn 08:15 [✅ Xong] [Đang làm] [Tôi không làm được]
        Trực Ban → Trực tổng hợp: 📋 Ca bệnh tại cơ quan, đơn vị … xong 0/4 bước … ⏳ 1. Thông báo ngay
        Trực Ban → chị Lan: (im lặng)
        chị Hoa → Trực Ban [Đang làm] ⇒ Đã ghi: đang làm
        sau 16 phút
        Trực Ban → chị Hoa: ⏰ Bước 1 đã quá hạn 08:15 [✅ Xong]
        Trực Ban → chị Lan: Bước 3: Thực hiện các biện pháp phòng hộ cá nhân [✅ Đã nhận, thực hiện]
        chị Lan → Trực Ban ↩ “Bước 3: Thực hiện”: đã nhận ạ
        Trực Ban → chị Lan: Đã ghi nhận
        chị Hoa → Trực Ban ↩ “Bước 1: Thông báo ngay”: xong, đã gọi chị Hạnh ở CDC tỉnh
        Trực Ban → chị Hoa: ✅ Đã ghi: xong bước 1
        chị Hoa → Trực Ban ↩ “Bước 2: Vệ sinh, khử trùng” 📎 phong-lam-viec.png: xong
        Trực Ban → chị Hoa: ✅ Đã ghi: xong bước 2 (có ảnh)
        bà Nga → Trực Ban [Kết thúc] ⇒ Đã kết thúc
        Trực Ban → bà Nga: 📎 phuong-an-
        Trực Ban → bà Nga: Xong 2/4 bước, 1 bước quá hạn … Không làm: bước 3, 4 … Trả lời: 2/9 người
    """)


async def test_the_other_scenario_and_the_accident_are_offered_too(stage: Journey) -> None:
    """A case near the office; an accident by its level."""
    await stage.play("""
        bà Nga → Trực Ban: /phuongan
        Trực Ban → bà Nga: Các phương án ứng phó … Ca bệnh gần trụ sở: 12 bước … Tai nạn lao động: 8 bước [Xem: Ca bệnh gần trụ sở]
        bà Nga → Trực Ban [Xem: Ca bệnh gần trụ sở]
        Trực Ban → bà Nga: Ca bệnh gần trụ sở [Chạy thật] [Diễn tập]
        bà Nga → Trực Ban [Chạy thật]
        bà Nga → Trực Ban [Bắt đầu]
        Trực Ban → chị Hoa: Bước 1: Lau nền nhà cơ quan, tay nắm cửa … 0,5% clo hoạt tính
        Trực Ban → anh Phúc: Bước 7: Thông báo ngay cho tổ giám sát … sốt, ho, đau họng, khó thở [✅ Đã nhận, thực hiện]
        Trực Ban → anh Minh: Bước 12: Phối hợp với Chánh Văn phòng
        chị Lan → Trực Ban: Báo khẩn: tai nạn lao động ở xưởng cơ khí, 1 người chết
        Trực Ban → ông Sơn: 📋 Sự việc … có phương án sẵn [Chạy: Tai nạn lao động]
        ông Sơn → Trực Ban [Chạy: Tai nạn lao động]
        Trực Ban → ông Sơn: Tai nạn lao động: cấp mấy ạ [Cấp 1] [Cấp 2] [Cấp 3]
        ông Sơn → Trực Ban [Cấp 3]
        ông Sơn → Trực Ban [Bắt đầu]
        Trực Ban → anh Minh: Bước 1: Cấp cứu người bị nạn trước hết
        Trực Ban → bà Nga: Bước 4: Báo ngay Công an xã, phường vì có người chết
    """)


async def test_a_drill_is_marked_from_the_first_word_to_the_report(stage: Journey) -> None:
    """Marked from the first word to the report; who answers how fast."""
    await stage.play("""
        bà Nga → Trực Ban: /dientap
        Trực Ban → bà Nga: Diễn tập phương án … không ghi vào số liệu thật [Ca bệnh gần trụ sở] [Tai nạn lao động]
        bà Nga → Trực Ban [Ca bệnh tại cơ quan, đơn vị]
        Trực Ban → bà Nga: 🟠 DIỄN TẬP phương án Ca bệnh tại cơ quan [Bắt đầu diễn tập] [Thôi]
        bà Nga → Trực Ban [Bắt đầu diễn tập]
        Trực Ban → chị Hoa: 🟠 DIỄN TẬP · Ca bệnh tại cơ quan, đơn vị … Bước 1 [✅ Xong]
        sau 2 phút
        chị Hoa → Trực Ban [✅ Xong] ⇒ DIỄN TẬP · Đã ghi: xong
        Trực Ban → chị Lan: 🟠 DIỄN TẬP · Ca bệnh tại cơ quan, đơn vị … Bước 3
        sau 3 phút
        chị Lan → Trực Ban [✅ Đã nhận, thực hiện] ⇒ DIỄN TẬP · Đã ghi nhận
        anh Tú → Trực Ban [✅ Đã nhận, thực hiện] ⇒ DIỄN TẬP · Đã ghi nhận
        sau 56 phút
        Trực Ban → bà Nga: 🟠 DIỄN TẬP · Ca bệnh tại cơ quan, đơn vị: đã kết thúc … Trả lời: 3/9 người … 25% sau 3 phút
        Trực Ban → bà Nga: 📎 dien-tap-
        chị Hoa → Trực Ban: /suviec
        Trực Ban → chị Hoa: Không có sự việc nào đang mở
    """)


async def test_the_office_sends_a_playbook_as_a_file(stage: Journey) -> None:
    """A wrong file is told line by line; a right one is shown, kept, and can be run."""
    wrong = "tên: Mất nước\ncác bước:\n  - việc: Gọi nhà máy nước\n    ai: bác bảo vệ\n    hạn: 15 phút\n"
    right = wrong.replace("bác bảo vệ", "Văn phòng")
    stage.files = {"sai.yaml": wrong.encode(), "mat-nuoc.yaml": right.encode()}
    await stage.play("""
        chị Hoa → Trực Ban: /phuongan mẫu
        Trực Ban → chị Hoa: /phuongan tên: Mưa bão lớn
        chị Hoa → Trực Ban 📎 sai.yaml
        Trực Ban → chị Hoa: sai.yaml … Tôi chưa lưu được phương án này … Dòng 4: chưa có vai trò “bác bảo vệ”
        chị Hoa → Trực Ban 📎 mat-nuoc.yaml
        Trực Ban → chị Hoa: mat-nuoc.yaml … Tôi hiểu là … 1. Gọi nhà máy nước (Văn phòng, 15 phút) … Lưu chứ ạ [Lưu] [Thôi]
        chị Hoa → Trực Ban [Lưu]
        Trực Ban → chị Hoa: ✅ Đã lưu phương án “Mất nước”, 1 bước
        chị Hoa → Trực Ban: /phuongan mất nước
        chị Hoa → Trực Ban [Chạy thật]
        chị Hoa → Trực Ban [Bắt đầu]
        Trực Ban → chị Hoa: Bước 1: Gọi nhà máy nước
        chị Hoa → Trực Ban: xong bước 1
        Trực Ban → chị Hoa: đã kết thúc … Xong 1/1 bước
    """)
