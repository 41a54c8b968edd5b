"""Finds the stamps MẬT, TỐI MẬT, TUYỆT MẬT: such content may not be kept or sent on a network (law on state secrets)."""

from __future__ import annotations

import re

from understanding.phrases.normalize import fold, nfc

STAMP = re.compile(
    r"(?<!\w)(?:TUYỆT\s+MẬT|TỐI\s+MẬT"
    r"|(?<!BẢO\s)(?<!BÍ\s)(?<!CƠ\s)(?<!ĐỘ\s)MẬT(?!\s+(?:KHẨU|MÃ|ONG|ĐỘ|THIẾT)))(?!\w)"
)
DEGREE = re.compile(
    r"(?:độ\s+mật|mức\s+(?:độ\s+)?mật|dấu)\s*[:：]?\s*[\"“(\[]?\s*(?:tuyệt\s+|tối\s+)?mật(?!\w)", re.IGNORECASE
)
ALONE_ON_A_LINE = re.compile(r"^\W*(?:tuyệt\s+|tối\s+)?mật\W*$", re.IGNORECASE | re.MULTILINE)
HIGH_DEGREE_IN_A_FILE_NAME = re.compile(r"(?<![a-z])(?:tuyet|toi)[\W_]*mat(?![a-z])")
MARK_IN_A_FILE_NAME = re.compile(r"(?<!\w)(?<!bảo )(?<!bí )(?<!cơ )mật(?! khẩu| mã| ong| độ)(?!\w)", re.IGNORECASE)
BARE_MARK_IN_A_FILE_NAME = re.compile(r"^[\W_]*MAT(?![A-Za-z]|[\W_]+TR)|[(\[_]\s*MAT\s*(?:[)\]_]|\.\w+$)")

REFUSAL = (
    "Nội dung có dấu hiệu bí mật nhà nước (MẬT, TỐI MẬT, TUYỆT MẬT) nên không được soạn, lưu hay gửi qua mạng ạ. "
    "Tôi đã dừng lại và không giữ gì. Xin chuyển theo đường văn bản mật và xóa tin vừa gửi."
)


def is_stamped_secret(text: str, file_name: str = "") -> bool:
    """True where the words or the name of the file carry one of the three stamps."""
    return _is_marked(nfc(text)) or _is_marked_file(nfc(file_name))


def _is_marked(text: str) -> bool:
    return any(pattern.search(text) is not None for pattern in (STAMP, DEGREE, ALONE_ON_A_LINE))


def _is_marked_file(name: str) -> bool:
    """ "TOI MAT.pdf", "KH_MAT.docx"; a plain "mat" may be mất, mặt or mắt, so without marks only the stamp counts."""
    return (
        MARK_IN_A_FILE_NAME.search(re.sub(r"[_.-]+", " ", name)) is not None
        or HIGH_DEGREE_IN_A_FILE_NAME.search(fold(name)) is not None
        or BARE_MARK_IN_A_FILE_NAME.search(name) is not None
    )
