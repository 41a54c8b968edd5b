"""Persons: who is spoken of, by name, by kinship, by office."""
