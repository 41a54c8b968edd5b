"""What an enemy, or a bad week, would do besides: each attack once, against the real process."""
