"""The messenger for trying and testing: a house of its own."""
