"""The ready-made organization: what `python -m bot` plays with when no token is set. Every name in it is invented."""
