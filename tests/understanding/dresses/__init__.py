"""The same message typed by somebody else: what is read must not hang on how it is dressed."""
