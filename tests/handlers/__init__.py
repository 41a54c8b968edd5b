"""The meaning, tested on both databases."""
