"""The kinds of incident: a file for each, with its `KIND`."""
