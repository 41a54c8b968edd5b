"""Parcels go out: what is ours to send, what may go now and together, how it is said there, and what an outcome means."""
