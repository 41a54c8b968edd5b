"""Where a platform has no buttons: choices leave as numbers or words, and come back so."""
