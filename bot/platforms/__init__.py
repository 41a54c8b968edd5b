"""The messengers we speak: a folder each."""
