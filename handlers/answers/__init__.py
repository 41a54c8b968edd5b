"""What single answers mean: a number, a day, yes or no, how somebody is, a mere courtesy."""
