"""What runs while the house is open, beside its platforms: errands, the guard, the clockwork, the nightly backup."""
