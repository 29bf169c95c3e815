"""What a board or an inspector answers, question by question, from a club's history."""

from ishc.demo.answers.common import Answer, Answers, Codes
from ishc.demo.answers.inspection import inspection_answers
from ishc.demo.answers.loan import event_answers, lent_answers
from ishc.demo.answers.monthly import monthly_answers
from ishc.demo.answers.registration import registration_answers
from ishc.demo.answers.training import training_answers

__all__ = [
    "Answer",
    "Answers",
    "Codes",
    "event_answers",
    "inspection_answers",
    "lent_answers",
    "monthly_answers",
    "registration_answers",
    "training_answers",
]
