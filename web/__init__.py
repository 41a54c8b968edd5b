"""The screen: what a browser or a probe asks for."""
