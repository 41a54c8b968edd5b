"""The months by their names and numbers in words, without marks; of the sun and of the moon."""

MONTHS = {
    "gieng": 1,
    "chap": 12,
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "tu": 4,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
    "muoi mot": 11,
    "muoi hai": 12,
}
"""Without its marks "sau" is rather "next"."""
