"""Marked text in HTML, in plain words and in pieces: nothing is lost, nothing is read as a tag."""

from __future__ import annotations

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from bot.marked_text import as_plain
from bot.platforms.telegram.markup import as_html, shorten, split
from storage.messages import BOLD_OFF, BOLD_ON

MARKED = st.text(st.sampled_from([*"aế<>&\"' .\n😀", BOLD_ON, BOLD_OFF]), max_size=200)


def bold(text: str) -> str:
    return f"{BOLD_ON}{text}{BOLD_OFF}"


def test_bold_is_bold_and_the_rest_is_escaped():
    assert as_html(f"Hạn {bold('16:30')}: A < B & C") == "Hạn <b>16:30</b>: A &lt; B &amp; C"


def test_marks_in_any_order_become_balanced_tags():
    assert as_html(f"{BOLD_OFF}a{BOLD_ON}b{BOLD_ON}c") == "a<b>bc</b>"


@given(MARKED)
def test_html_shows_what_was_meant(text: str):
    shown = as_html(text)
    assert html.unescape(re.sub(r"</?b>", "", shown)) == as_plain(text)
    assert re.fullmatch(r"([^<>]|<b>[^<>]*</b>)*", shown)


@given(MARKED, st.integers(5, 60))
def test_pieces_fit_and_together_say_the_whole(text: str, limit: int):
    pieces = split(text, limit)
    assert all(len(as_plain(piece)) <= limit for piece in pieces)
    assert re.sub(r"\s", "", as_plain("".join(pieces))) == re.sub(r"\s", "", as_plain(text))
    assert bold_letters(" ".join(pieces)) == bold_letters(text)


def bold_letters(text: str) -> str:
    return re.sub(r"\s", "", html.unescape("".join(re.findall(r"<b>([^<>]*)</b>", as_html(text)))))


def test_a_long_directive_is_parted_between_its_paragraphs():
    paragraphs = [f"Điều {number}. " + "x" * 30 for number in range(1, 5)]
    assert split("\n\n".join(paragraphs), 90) == ["\n\n".join(paragraphs[:2]), "\n\n".join(paragraphs[2:])]


def test_one_endless_word_is_parted_where_it_must():
    assert split("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


@given(MARKED, st.integers(5, 60))
def test_a_shortened_board_fits(text: str, limit: int):
    assert len(as_plain(shorten(text, limit))) <= limit
