"""Talk: what is asked, ordered, wished, remembered, and so not reported."""
