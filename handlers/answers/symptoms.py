"""Symptoms: the codes that `understanding` reads, and what people call them."""

from __future__ import annotations

from collections.abc import Iterable

TITLES = {
    "fever": "sốt",
    "chills": "ớn lạnh",
    "cough": "ho",
    "sore_throat": "đau họng",
    "dyspnea": "khó thở",
    "chest_pain": "đau ngực",
    "runny_nose": "sổ mũi",
    "sneezing": "hắt hơi",
    "loss_of_smell_taste": "mất mùi, mất vị",
    "fatigue": "mệt",
    "headache": "đau đầu",
    "body_ache": "đau mỏi người",
    "dizziness": "chóng mặt",
    "nausea_vomiting": "buồn nôn, nôn",
    "abdominal_pain": "đau bụng",
    "diarrhea": "tiêu chảy",
    "rash": "phát ban",
    "conjunctivitis": "đau mắt đỏ",
}


def in_words(codes: Iterable[str]) -> str:
    return ", ".join(TITLES.get(code, code) for code in codes)
