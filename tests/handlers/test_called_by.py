"""How somebody is called: by the word of the list, and neutrally where nobody told one or several are meant."""

from __future__ import annotations

import pytest

from handlers.wording import called_by


@pytest.mark.parametrize(
    ("text", "honorific", "read"),
    [
        ("Anh/chị cứ viết, tôi nghe anh/chị.", "chị", "Chị cứ viết, tôi nghe chị."),
        ("đơn của anh/chị.", "bà", "đơn của bà."),
        ("Anh/chị muốn rút lại?", "đồng chí", "Đồng chí muốn rút lại?"),
        ("Anh/chị muốn rút lại?", "anh/chị", "Anh/chị muốn rút lại?"),
        (
            "Anh/chị nào chưa nhận xin xác nhận; các anh/chị em khác thì thôi.",
            "chị",
            "Anh/chị nào chưa nhận xin xác nhận; các anh/chị em khác thì thôi.",
        ),
        ("anh/chị Tú xin đổi ca với anh/chị", "bà", "anh/chị Tú xin đổi ca với bà"),
    ],
)
def test_whoever_is_known_is_called_as_the_house_does(text: str, honorific: str, read: str) -> None:
    assert called_by(text, honorific) == read
