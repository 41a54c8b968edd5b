"""Files that come and go: previewed and confirmed once, made to be taken away, forgotten in time."""
