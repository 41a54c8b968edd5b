"""How the process starts: quickly, with a sentence for every reason why it cannot, and how it ends."""
