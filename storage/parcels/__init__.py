"""What becomes of the outbox's parcels: sent, in doubt, taken back, drawn anew."""
