"""Rounds: one kind asked of many, who owes in it, and what becomes of that."""

from handlers.rounds.board import board_text
from handlers.rounds.debtors import (
    answering_units,
    away_on,
    heads_answering,
    heads_by_unit,
    people_answering,
    rooms_answering,
)
from handlers.rounds.opening import ask_people, open_round
from handlers.rounds.owing import MEANT, Owing, figure_buttons, owing, what_unit_owes
from handlers.rounds.redrawing import redraw
from handlers.rounds.requests import about_person, about_unit, answer_before
from handlers.rounds.settling import Settled, close_due, credit, excuse_all, reopen, settle

__all__ = [
    "MEANT",
    "Owing",
    "Settled",
    "about_person",
    "about_unit",
    "answer_before",
    "answering_units",
    "ask_people",
    "away_on",
    "board_text",
    "close_due",
    "credit",
    "excuse_all",
    "figure_buttons",
    "heads_answering",
    "heads_by_unit",
    "open_round",
    "owing",
    "people_answering",
    "redraw",
    "reopen",
    "rooms_answering",
    "settle",
    "what_unit_owes",
]
