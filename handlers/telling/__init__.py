"""Telling: to a person, a room, everybody who holds a role; by which platform, within which window, of which allowance."""

from handlers.telling.chats import (
    Buttons,
    said_to,
    tell_many,
    tell_office,
    tell_people,
    tell_person,
    tell_room,
    to_room,
)

__all__ = ["Buttons", "said_to", "tell_many", "tell_office", "tell_people", "tell_person", "tell_room", "to_room"]
