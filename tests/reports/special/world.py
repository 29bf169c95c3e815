"""A programme with everything that lists are made of: the demo's clubs, and what it lacks.

The demo's submissions, as phones sent them, and beside them trainings, second visits that follow
up recommendations, photos, and a yearly survey: seeded, made up, and reconciled by the real thing.
"""

import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from connectors.reconcile.run import reconcile
from connectors.sample.draw import draw_sample
from connectors.store.raw import RawStore
from connectors.store.tables import open_tables
from forms.tables import FormSchema
from programme.field_settings import SampleSettings
from programme.folder import Folder, shipped
from programme.settings import FormSettings, Settings, SourceSettings, load
from tests.world.records import Record, as_kobo, dumped, schemas, stored_answers, with_number
from tests.world.store import put_records

AS_OF = date(2026, 10, 31)
SOURCE = "kobo"
FORMS = (
    *("club_registration", "monthly_activity_report", "loan_record", "inspection_checklist"),
    *("training_record", "member_survey"),
)
_RECEIVED = "2026-10-31T01:00:00"
SEED = 7


def build_world(root: Path) -> tuple[Folder, Settings]:
    """Make the programme in a folder that does not exist yet."""
    for part in ("xlsforms", "connectors", "reports"):
        shutil.copytree(
            shipped() / part, root / part, ignore=shutil.ignore_patterns("*.py", "__pycache__")
        )
    shutil.copy(shipped() / "ishc.toml", root)
    folder = Folder(root)
    forms = {name: FormSettings(name, (SourceSettings(SOURCE, SOURCE),)) for name in FORMS}
    settings = replace(
        load(folder),
        synthetic=True,
        forms=forms,
        sample=SampleSettings(clubs=30, members=6, reserves=1),
    )
    writer = Writer(schemas(FORMS))
    with RawStore.open(folder.store) as store:
        put_records(store, writer.demo(), source=SOURCE)
    reconcile(settings, folder, AS_OF)
    people = draw_sample(settings, folder, 2026, seed="trial", today=AS_OF).asked
    with RawStore.open(folder.store) as store:
        records = [*writer.trainings(folder), *writer.visits(folder), *writer.survey(people)]
        put_records(store, records, source=SOURCE)
    reconcile(settings, folder, AS_OF)
    return folder, settings


def rows(folder: Folder, table: str) -> list[dict[str, Any]]:
    """Give a table of the last run, with names."""
    path = open_tables(folder, identified=True).path(table)
    found: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    return found


class Writer:
    """Writes submissions as a server gives them, from answers by question name."""

    def __init__(self, forms: Mapping[str, FormSchema]) -> None:
        self._forms = forms
        self._number = 0
        self._random = random.Random(SEED)

    def record(self, form: str, root: str, answers: Mapping[str, Any]) -> Record:
        """Write one submission; a list of dicts is a repeat, other lists are several choices."""
        tables = {table.name: table for table in self._forms[form].tables}
        said: dict[str, Any] = {}
        for name, value in answers.items():
            repeat = tables.get(f"{form}__{name}")
            if repeat is not None:
                paths = {column.name: column.path for column in repeat.columns}
                said[repeat.path] = [
                    {paths[key]: _text(each) for key, each in row.items()} for row in value
                ]
            else:
                paths = {column.name: column.path for column in tables[form].columns}
                said[paths[name]] = _text(value)
        return self._numbered(form, root, said)

    def _numbered(self, form: str, root: str, said: Mapping[str, Any]) -> Record:
        self._number += 1
        body = with_number(self._number, dumped(as_kobo(said, root, _RECEIVED)))
        return Record(form, self._number, root, root, "2026-10", _RECEIVED, body)

    def demo(self) -> Iterator[Record]:
        """Give the demo's submissions."""
        for _, form, root, answers in stored_answers():
            yield self._numbered(form, root, answers)

    def trainings(self, folder: Folder) -> Iterator[Record]:
        """Train the boards of two clubs of three, ten clubs at a time; officials at some."""
        boards: dict[str, list[str]] = {}
        for row in rows(folder, "board_member"):
            boards.setdefault(row["club_code"], []).append(row["board_code"])
        clubs = [club for number, club in enumerate(sorted(boards)) if number % 3]
        themes = ("founding", "management", "health", "digital", "inspection")
        for number in range(0, len(clubs), 8):
            kind = "refresher" if number % 16 else "initial"
            some = clubs[number : number + 8]
            parts = [_part(club, boards[club], 2) for club in some]
            people = sum(len(boards[club]) for club in some)
            known = number % 24 != 16
            yield self.record(
                "training_record",
                f"training-{number:03d}",
                {
                    "report_kind": "new",
                    "training_level": ("province", "commune", "centre")[number // 8 % 3],
                    "province": "20",
                    "commune": some[0][:5],
                    "place_words": "Hội trường UBND",
                    "organiser": "association",
                    "training_kind": kind,
                    "starts_on": f"2026-{3 + number // 8:02d}-10",
                    "ends_on": f"2026-{3 + number // 8:02d}-11",
                    "training_days": 2,
                    "hours": 14,
                    "themes": themes[: 2 + number // 8 % 3],
                    "trainers_count": 2,
                    "cost_known": "known" if known else "unknown",
                    **({"fund_sources": ["state", "project"], "cost_state": 9_000,
                        "cost_project": 3_500, "cost_total": 12_500} if known else {}),
                    "official_bodies": ["commune_association"],
                    "officials_commune_association": 4,
                    "officials_total": 4,
                    "officials_women": 3,
                    "clubs_came": "yes",
                    "club_part": parts,
                    "clubs_count": len(some),
                    "board_total": people,
                    "board_women": people // 2,
                    "members_total": 2 * len(some),
                    "members_women": len(some),
                    "participants_total": people + 4 + 2 * len(some),
                    "participants_women": people // 2 + 3 + len(some),
                },
            )  # fmt: skip

    def visits(self, folder: Folder) -> Iterator[Record]:
        """Visit three clubs once more: a recommendation is done, done in part, not done."""
        actions: dict[str, list[dict[str, Any]]] = {}
        for row in rows(folder, "action"):
            actions.setdefault(row["club_code"], []).append(row)
        before = {row["club_code"]: row for row in rows(folder, "inspection")}
        several = sorted(club for club, some in actions.items() if len(some) > 1)
        for number, club in enumerate(several[:3]):
            last, state = before[club], ("done", "partly", "not")[number]
            points = {name: last[name] for name in last if name.startswith("points_")}
            yield self.record(
                "inspection_checklist",
                f"visit-{number}",
                {
                    **{name: last[name] for name in last if name.startswith("state_")},
                    **points,
                    "report_kind": "new", "province": "20", "commune": club[:5],
                    "club_in_list": "listed", "club": club, "team_level": "province",
                    "team_names": "Trần Thị Đoàn Kiểm Tra", "reporter_name": "Lò Văn Nhập Phiếu",
                    "reporter_role": "inspector", "visit_date": f"2026-10-{20 + number}",
                    "met_whom": "Nông Thị Được Gặp", "found_members": last["found_members"],
                    "found_cash": last["found_cash"] // 1000 + 50,
                    "books_kept": ["members", "loans"], "loans_sampled": "no",
                    "evidence_seen": ["health"], "composition": "ok",
                    "evidence_photo": f"evidence-{number}.jpg", "minutes_photo": "minutes.jpg",
                    "meetings_12m": 10, "board_count": 5, "board_trained_initial": 4,
                    "board_trained_refresher": 3, "volunteers_count": 6, "fund_50m": "no",
                    "run_by_rules": "yes", "yearly_plan": "yes", "ruleset": "2026-11",
                    "critical_failing": ["no_books"] if number == 2 else [],
                    "score": 82.5, "score_for_grade": 69 if number == 2 else 82.5,
                    "grade": "average" if number == 2 else "strong",
                    "areas_working": 8, "up_to_standard": "no" if number == 2 else "yes",
                    "has_follow_up": "yes", "has_recommendation": "yes",
                    "follow_up": [
                        {"follow_action": actions[club][0]["action_code"], "follow_state": state}
                    ],
                    "recommendation": [
                        {"recommend_what": "Ghi sổ vay vốn hằng tháng & đối chiếu <b>{{ quỹ }}</b>",
                         "recommend_who": "Kế toán", "recommend_by": "2026-12-31"},
                        {"recommend_what": "=SUM(A1) Kết nạp thành viên trẻ"},
                    ],
                },
            )  # fmt: skip

    def survey(self, people: Sequence[Any]) -> Iterator[Record]:
        """Ask those who were drawn; one of ten refuses, one of fifteen is not met."""
        for number, one in enumerate(people):
            draw = self._random
            talked = number % 10 != 9 and number % 15 != 14
            answers: dict[str, Any] = {
                "sampled_in_list": "listed", "sampled": one.code, "member_code": one.member,
                "club": one.club, "interview_date": f"2026-10-{1 + number % 28:02d}",
                "consent": "spoken" if talked else ("no" if number % 10 == 9 else "not_met"),
                "interviewed": "yes" if talked else "no",
            }  # fmt: skip
            if not talked:
                answers["no_interview_reason"] = (
                    "refused" if number % 10 == 9 else ("away", "moved")[number % 2]
                )
            else:
                borrowed = draw.choices(("yes", "no_need", "no_but_needed"), (3, 5, 2))[0]
                answers |= {
                    "sex": draw.choices(("female", "male"), (65, 35))[0],
                    "age_band": draw.choices(("31_54", "55_59", "60_69", "70_79", "80plus"),
                                             (20, 10, 40, 25, 5))[0],
                    "household_now": draw.choice(("poor", "near_poor", "none", "none")),
                    "household_before": draw.choice(("poor", "near_poor", "disadvantaged", "none")),
                    "income_change": draw.choices(("better", "same", "worse", "unknown"),
                                                  (45, 35, 12, 8))[0],
                    "borrowed": borrowed,
                    "health_change": draw.choices(("better", "same", "worse"), (30, 50, 20))[0],
                    "help_received": draw.choice(("weekly", "sometimes", "no")),
                    "help_given": draw.choice(("weekly", "sometimes", "no")),
                    "smartphone": draw.choices(("alone", "with_help", "no"), (4, 3, 3))[0],
                    "benefits": draw.sample(("social_pension", "insurance_card", "merit"), 2),
                    "content": draw.choices(("very", "content", "partly"), (4, 5, 1))[0],
                    "wish": "Có thêm vốn vay cho bà Nông Thị Kể Chuyện",
                }  # fmt: skip
                if borrowed == "yes":
                    answers["borrowed_for"] = [draw.choice(("livestock", "crops", "trade"))]
            yield self.record("member_survey", f"survey-{number:03d}", answers)


def _part(club: str, board: Sequence[str], members: int) -> dict[str, Any]:
    return {
        "part_from": "here",
        "part_area": club[:5],
        "part_in_list": "listed",
        "part_club": club,
        "part_board_way": "named",
        "part_board": list(board),
        "part_board_total": len(board),
        "part_board_women": len(board) // 2,
        "part_members": members,
        "part_members_women": 1,
    }


def _text(value: Any) -> str:
    return " ".join(value) if isinstance(value, list | tuple) else str(value)
