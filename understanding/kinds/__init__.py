"""One file for each kind of report: each takes the scene and returns the drafts it finds."""
