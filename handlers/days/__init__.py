"""The office's days: working days, public holidays, and days as people name them."""
