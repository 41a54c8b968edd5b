"""The same words as another region, another age or a hurried thumb types them."""

import re

from tests.understanding.dresses.dress import of_text, replaced

LOOKS = re.compile(r"\(\?<?[=!][^()]*(?:\(\?:[^()]*\))?[^()]*\)|\(\?:|\)")
KIN = "(?= (?:em|e|tôi|mình|tui|cháu|con|t)\\b)"
WORDS = (
    ("không", ("ko", "k", "hông", "hổng", "hok", "khum")),
    ("về", ("dìa", "zề", "dzìa")),
    ("(?<=tuần )này|(?<=sáng )này|(?<=tháng )này|(?<=bên )này", ("ni", "nầy")),
    ("vậy", ("rứa", "zậy", "dị")),
    ("(?<!cái )gì", ("chi",)),
    ("(?<!đâu )(?<!còn )(?<!gì )đâu(?! đâu)", ("mô",)),
    ("(?<=[\\wạ] )(?:nha|nhé)(?= (?:chị|anh|mn|cả nhà|em|c|a)\\b|[.!]*$)", ("nghen", "hen", "nhen", "hỉ", "nhá", "he")),
    ("hôm nay|bữa nay", ("hôm nay", "bữa nay", "hum nay", "hnay", "bữa ni", "hôm ni", "ngày hôm nay", "nay")),
    ("ngày mai", ("mai", "bữa mai", "hôm mai", "ngày mai")),
    ("hôm qua", ("bữa qua", "hqua", "hum qua", "ngày hôm qua")),
    (f"vợ{KIN}", ("bà xã", "vk", "zợ")),
    (f"(?<!vợ )chồng{KIN}", ("ông xã", "ck")),
    (f"(?<!thứ )(?<!mùng )(?<!mồng )(?<!ngày )(?<!tháng )(?<!hai )(?<!mươi )(?:bố|ba){KIN}", ("bố", "ba", "cha", "tía", "ông già")),
    (f"(?:mẹ|má){KIN}", ("mẹ", "má", "mạ", "bu", "u", "bà già")),
    (f"(?:con|cháu)(?: nhỏ)?{KIN}(?! bé)", ("nhóc", "con", "thằng cu", "bé", "con gái", "con trai")),
    ("rồi", ("r", "rùi", "roài")),
    ("được", ("đc", "dc", "được")),
    ("vào", ("vô",)),
    ("ốm", ("bệnh", "bịnh")),
    ("người", ("ng", "ngừi")),
    ("đi làm", ("đi mần", "đi làm")),
    ("với", ("vs", "dới", "zới")),
    ("bây giờ", ("bi chừ", "chừ", "giờ", "bgio")),
    ("(?:xin phép|xin)(?= (?:nghỉ|off|về|đi)\\b)", ("xin", "xin phép")),
    ("cơ quan", ("cq", "chỗ làm")),
    ("công tác", ("ctác", "công tac")),
    ("ngày hôm kia|hôm kia", ("hôm tê",)),
    ("khỏe|khoẻ", ("khoẻ", "khỏe re")),
    ("nhưng|nhưng mà", ("mà", "nhma", "nhưng mà")),
)  # fmt: skip

DRESSES = tuple(
    of_text(f"{LOOKS.sub('', pattern).split('|')[0]} → {new}", replaced(pattern, new))
    for pattern, news in WORDS
    for new in news
)  # fmt: skip
