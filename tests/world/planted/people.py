"""Faults of how forms are filled in; and look-alikes."""

from datetime import timedelta
from itertools import pairwise

from tests.world.planted.work import Kind, Work

_MEETING = ("attendance", "attendance_women", "attendance_60plus", "areas_done", "meeting_held")
_FLOWS = ("income_in_", "income_out_", "operating_in_", "operating_out_", "income_kinds",
          "operating_kinds")  # fmt: skip


def _too_fast(work: Work) -> None:
    draft = work.sent(work.middle, minutes=0)
    work.plant("pace_impossible", draft)


def _copied(work: Work) -> None:
    """The last report has the answers of the one before; only the balances go on."""
    source, draft = next(
        (one, other)
        for one, other in reversed([*pairwise(work.reports)])
        if one.answers["meeting_held"] == other.answers["meeting_held"] == "yes"
    )
    names = [*_MEETING, *(name for name in draft.answers if name.startswith(_FLOWS))]
    answers: dict[str, object] = dict.fromkeys(names)
    answers |= {
        name: value
        for name, value in source.answers.items()
        if name in _MEETING or name.startswith(_FLOWS)
    }
    for fund in ("income", "operating"):
        flow = sum(
            int(str(value)) * (1 if f"{fund}_in_" in name else -1)
            for name, value in source.answers.items()
            if name.startswith((f"{fund}_in_", f"{fund}_out_"))
        )
        cash, bank = (
            int(str(draft.answers[f"{fund}_opening_{where}"])) for where in ("cash", "bank")
        )
        bank = max(bank, -flow)
        answers |= {
            f"{fund}_opening_bank": str(bank),
            f"{fund}_closing_cash": str(cash),
            f"{fund}_closing_bank": str(bank + flow),
            f"{fund}_difference_reason": None,
        }
    wrong = work.answer(draft, **answers)
    work.plant("answers_copied", wrong)
    work.follows("income_opening_differs", "operating_opening_differs")


def _clock_ahead(work: Work) -> None:
    draft = work.middle
    work.update(draft, late=-24 * 4)
    work.plant("clock_ahead", draft, "end")


def _same_meeting(work: Work) -> None:
    """As many came as the month before; the money is another."""
    held = [each for each in work.reports if each.answers["meeting_held"] == "yes"]
    source, draft = held[2], held[3]
    work.answer(
        draft, **{name: source.answers[name] for name in _MEETING if name in source.answers}
    )


def _sent_late(work: Work) -> None:
    """There was no network for three days."""
    work.update(work.middle, late=72)


def _long_filling(work: Work) -> None:
    """The phone lay open overnight."""
    draft = work.middle
    work.sent(draft, minutes=840, end=draft.sent.end + timedelta(hours=2))


FAULTS = (
    Kind("filled in no time", _too_fast),
    Kind("the month before once more", _copied),
    Kind("a phone's clock ahead", _clock_ahead),
)
HARMLESS = (
    Kind("as many came as the month before", _same_meeting),
    Kind("sent three days later", _sent_late),
    Kind("a form open overnight", _long_filling),
)
