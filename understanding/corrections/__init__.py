"""Corrections: what changes of an earlier report, and the old value in the same sentence."""
