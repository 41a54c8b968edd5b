"""Words: what one line of Vietnamese says."""
