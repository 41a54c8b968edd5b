"""The wire: platforms, reception, delivery, and the wiring of the whole house."""
