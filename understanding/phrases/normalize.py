"""One spelling for the many ways a letter is typed; every step keeps the length, so spans stay true."""

import re
import unicodedata

LATIN = (*range(0x24F), *range(0x1E00, 0x1F00))
NEW_STYLE_TONE = re.compile("o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ]")


def _base_letter(code: int) -> str:
    if chr(code) in "đĐ":
        return "d"
    base = unicodedata.normalize("NFD", chr(code))[0].lower()
    return base if len(base) == 1 else chr(code)


FOLDED = {code: _base_letter(code) for code in LATIN}
LOWER = {code: chr(code).lower() for code in LATIN if len(chr(code).lower()) == 1}
NEW_STYLE, OLD_STYLE = "oà oá oả oã oạ oè oé oẻ oẽ oẹ uỳ uý uỷ uỹ uỵ", "òa óa ỏa õa ọa òe óe ỏe õe ọe ùy úy ủy ũy ụy"
TONE_MOVES = dict(zip(NEW_STYLE.split(), OLD_STYLE.split(), strict=True))


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Small letters without marks: "Đà Nẵng" -> "da nang"."""
    return nfc(text).translate(FOLDED)


def lower(text: str) -> str:
    """Small letters with their marks, the tone where the old style puts it: "Hoà" -> "hòa"."""
    return NEW_STYLE_TONE.sub(lambda found: TONE_MOVES[found[0]], nfc(text).translate(LOWER))
