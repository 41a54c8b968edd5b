"""Words and phrases: a message as it is typed, what each word means, and which phrases of the lexicons it forms."""
