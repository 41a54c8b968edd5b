"""Second thoughts: what makes a careful colleague ask, or say nothing."""
