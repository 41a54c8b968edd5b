"""Documents: what is said to the office, and how it looks."""
