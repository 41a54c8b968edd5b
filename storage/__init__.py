"""Records: what is known, and what waits to be sent."""
