"""The nouns: a file for each family of tables, with the dataclass other rooms see and the few questions asked of it."""
