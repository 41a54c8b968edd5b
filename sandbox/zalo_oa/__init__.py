"""Zalo's Official Account as an app meets it: tokens that rotate, signed events, windows, groups of its own."""
