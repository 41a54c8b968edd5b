"""Who belongs: codes and links that join people and rooms, their welcome, staying in touch, and their leaving."""
