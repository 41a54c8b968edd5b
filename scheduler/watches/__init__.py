"""The watches: a file for each, with its `WATCH`."""
