"""The kinds of check-in: a file each; everything that follows reads the list of kinds, never a name."""
