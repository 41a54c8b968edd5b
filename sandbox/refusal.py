"""What the human side says when it cannot do what was asked: one clear Vietnamese sentence."""


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    def __init__(self, sentence: str, *, status: int = 400) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status
