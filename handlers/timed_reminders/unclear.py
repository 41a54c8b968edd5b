"""What a wish for a reminder lacks, told in a sentence; nothing is set then."""


class NotToBeReadError(Exception):
    """The sentence says what is missing or not clear."""
