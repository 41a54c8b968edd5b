"""The clock: what is due now, run exactly once."""
