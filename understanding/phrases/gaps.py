"""Two spaces in a row say no more than one; only over several lines do wide gaps part the columns of a table."""


def narrowed(text: str) -> tuple[str, list[int] | None]:
    """The text with single spaces, and where each of its letters stood; None where all stand as they stood."""
    if "  " not in text or "\n" in text:
        return text, None
    kept = [at for at, letter in enumerate(text) if letter != " " or text[at + 1 : at + 2] != " "]
    return "".join([text[at] for at in kept]), [*kept, len(text)]
