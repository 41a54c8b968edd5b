"""Formatted text: entities in UTF-16 units, and mistakes in the server's words."""

import pytest

from sandbox.telegram.arguments import Arguments
from sandbox.telegram.entities import plain_text, read_formatted
from sandbox.telegram.errors import ApiError


def read(text: str, mode: str = "HTML") -> tuple[str, list[tuple[str, str]]]:
    """The plain text, and each entity's type beside the words it covers."""
    formatted = read_formatted(Arguments({"text": text, "parse_mode": mode}))
    units = formatted.text.encode("utf-16-le")
    covered = [
        (each["type"], units[each["offset"] * 2 : (each["offset"] + each["length"]) * 2].decode("utf-16-le"))
        for each in formatted.entities
    ]
    return formatted.text, covered


@pytest.mark.parametrize(
    ("text", "plain", "entities"),
    [
        ("😀 <b>đậm</b> và <i>nghiêng</i>", "😀 đậm và nghiêng", [("bold", "đậm"), ("italic", "nghiêng")]),
        ("<b>a <i>b</i></b>", "a b", [("bold", "a b"), ("italic", "b")]),
        ("1 &lt; 2 &amp; 3 &gt; 2 &quot;x&quot; &#273;", '1 < 2 & 3 > 2 "x" đ', []),
        ("&nbsp;giữ", "&nbsp;giữ", []),
        ('<a href="https://x.vn">trang</a>', "trang", [("text_link", "trang")]),
        (
            "<u>a</u><s>b</s><tg-spoiler>c</tg-spoiler>",
            "abc",
            [("underline", "a"), ("strikethrough", "b"), ("spoiler", "c")],
        ),
        ('<pre><code class="language-py">x=1</code></pre>', "x=1", [("pre", "x=1")]),
        ("<blockquote expandable>dài</blockquote>", "dài", [("expandable_blockquote", "dài")]),
        ("<code>/lenh @ai</code>", "/lenh @ai", [("code", "/lenh @ai")]),
        ("  <b> a </b>  ", "a", [("bold", "a")]),
    ],
)
def test_html_becomes_entities(text: str, plain: str, entities: list[tuple[str, str]]) -> None:
    assert read(text) == (plain, entities)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("đ<x>", 'Unsupported start tag "x" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b>a</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_mistakes_in_html_are_refused(text: str, refusal: str) -> None:
    with pytest.raises(ApiError) as caught:
        read(text)
    assert caught.value.description == f"Bad Request: can't parse entities: {refusal}"


@pytest.mark.parametrize(
    ("text", "plain", "entities"),
    [
        ("*đậm* _nghiêng_ __gạch__ ~xóa~", "đậm nghiêng gạch xóa", ["bold", "italic", "underline", "strikethrough"]),
        ("1\\.5 \\- 2", "1.5 - 2", []),
        ("[trang](https://x.vn/a)", "trang", ["text_link"]),
        ("`mã` ||kín||", "mã kín", ["code", "spoiler"]),
        ("```py\nx=1```", "x=1", ["pre"]),
        (">trích\n>nữa\nhết", "trích\nnữa\nhết", ["blockquote"]),
    ],
)
def test_markdown_v2_becomes_entities(text: str, plain: str, entities: list[str]) -> None:
    found, covered = read(text, "MarkdownV2")
    assert (found, [kind for kind, _ in covered]) == (plain, entities)


def test_mistakes_in_markdown_are_refused() -> None:
    with pytest.raises(ApiError, match=r"Character '\.' is reserved and must be escaped with the preceding"):
        read("1.5", "MarkdownV2")
    with pytest.raises(ApiError, match="Can't find end of Bold entity at byte offset 0"):
        read("*a", "MarkdownV2")
    with pytest.raises(ApiError, match="entity starting at byte offset 2"):
        read("a *b", "Markdown")
    assert read("*a* [b](https://x.vn) `c`", "Markdown")[0] == "a b c"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/start abc", ["bot_command"]),
        ("/x@truc_ban_bot", ["bot_command"]),
        ("nhờ @chi_lan xem https://x.vn/a.", ["mention", "url"]),
        ("#dịch_bệnh a@b.vn", ["hashtag", "email"]),
        ("5/7 đơn vị, 22/11/2026", []),
        ("12.5 và 1.000", []),
    ],
)
def test_what_is_found_in_plain_text(text: str, found: list[str]) -> None:
    assert [entity["type"] for entity in plain_text(text).entities] == found
