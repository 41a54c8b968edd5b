"""The commands: a file each, gathered by handlers.commanding."""
