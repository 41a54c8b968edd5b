"""A report on its way: heard, drafted, asked for, recorded, mended, and what follows from it."""
