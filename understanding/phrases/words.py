"""What counts as one word: letters, digits, or a single sign."""

import re

WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_|\n")
