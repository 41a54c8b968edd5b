"""The meaning: what people say to the duty officer and what it does about it."""
