"""Who belongs: codes and links that join people, their welcome, and their leaving."""
