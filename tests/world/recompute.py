"""The registers once more, in plain pandas over the forms' tables, for some clubs.

It shares nothing with the SQL but the codes that were issued (a club, person, loan or
recommendation is known by the row it was first said in). Decisions of people and clubs that ended
are left out: their members and loans move, which has examples of its own.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq

from connectors.store.tables import TableSet
from programme.text import fold

Rows = Mapping[Any, Any]
_DAYS = {"lent": "lent_on", "repaid": "repaid_on", "rescheduled": "rescheduled_on",
         "written_off": "written_off_on"}  # fmt: skip
REFUSED = "validation_status_not_approved"


def differences(tables: TableSet, clubs: Collection[str]) -> dict[str, list[str]]:
    """Compare what the registers hold with what pandas makes of the forms; {} when equal."""
    wrong = {}
    for name, wanted in recompute(tables, clubs).items():
        found = KEPT[name](_Source(tables, clubs))
        keys = [key for key in {*wanted, *found} if wanted.get(key) != found.get(key)]
        if keys:
            wrong[name] = [
                f"{key}: wanted {wanted.get(key)}, found {found.get(key)}"
                for key in sorted(keys, key=str)
            ]
    return wrong


def recompute(tables: TableSet, clubs: Collection[str]) -> dict[str, Rows]:
    """Give the registers of some clubs, each as values by key.

    Args:
        tables: a run, identified.
        clubs: codes; those that ended are left out.
    """
    source = _Source(tables, clubs)
    return {name: make(source) for name, make in MAKERS.items()}


class _Source:
    """The forms' answers that speak of some clubs, up to the cut-off date."""

    def __init__(self, tables: TableSet, clubs: Collection[str]) -> None:
        self.tables, self.as_of = tables, tables.as_of
        self._forms: dict[str, pd.DataFrame] = {}
        register = self.read("club")
        lasting = register[register["status"].isin(["active", "suspended"])]
        self.clubs = lasting[lasting["club_code"].isin(set(clubs))]
        self.codes = set(self.clubs["club_code"])
        self.of_root = dict(zip(register["_root_uuid"], register["club_code"], strict=True))
        named: dict[tuple[str, str], set[str]] = {}
        for row in self.registrations().itertuples():
            named.setdefault((row.commune, _name(row.club_name)), set()).add(row.club_code)
        self.by_name = {key: codes.pop() for key, codes in named.items() if len(codes) == 1}

    def read(self, name: str, wanted: pc.Expression | None = None) -> pd.DataFrame:
        """Give a table, or those of its rows that may concern the clubs: millions do not."""
        table = pq.read_table(self.tables.path(name), filters=wanted)
        return table.to_pandas(date_as_object=True, ignore_metadata=True)

    def _of_clubs(self, column: str) -> pc.Expression:
        """Whatever names one of the clubs, or none by its code."""
        return pc.field(column).isin(sorted(self.codes)) | pc.field(column).is_null()

    def form(self, name: str, day: str) -> pd.DataFrame:
        """Give a form's submissions with the club they mean, up to the cut-off date."""
        if name not in self._forms:
            self._forms[name] = self._form(name, day)
        return self._forms[name]

    def _form(self, name: str, day: str) -> pd.DataFrame:
        rows = self.read(name, self._of_clubs("club"))
        rows = rows[rows["_validation"].fillna("") != REFUSED]
        words = zip(rows["commune"], rows["club_words"], strict=True)
        by_name = [self.by_name.get((commune, _name(said))) for commune, said in words]
        listed = rows["club"].where(rows["club"].notna(), pd.Series(by_name, rows.index))
        days = [row[_DAYS.get(row["event"]) if name == "loan_record" else day]
                for row in rows[[*_days_of(name, day)]].to_dict("records")]  # fmt: skip
        rows = rows.assign(club_code=listed, day=pd.Series(days, rows.index, dtype=object))
        rows = rows[rows["club_code"].isin(self.codes) & rows["day"].notna()]
        return rows[rows["day"] <= self.as_of]

    def registrations(self) -> pd.DataFrame:
        rows = self.read("club_registration")
        rows = rows[rows["action"].fillna("register") == "register"]
        return rows.assign(club_code=rows["_root_uuid"].map(self.of_root)).dropna(
            subset=["club_code"]
        )

    def months(self) -> pd.DataFrame:
        """Give the monthly reports in the order in which they win, the winner last."""
        rows = self.form("monthly_activity_report", "month")
        rows = rows.assign(
            replaces=rows["report_kind"] == "replaces",
            month=[day.isoformat()[:7] for day in rows["month"]],
        )
        return rows.sort_values(["club_code", "month", "replaces", "end", "_root_uuid"])

    def winners(self) -> pd.DataFrame:
        return self.months().groupby(["club_code", "month"]).tail(1)

    def rows_of(self, form: str, repeat: str, parents: pd.DataFrame) -> pd.DataFrame:
        """Give the rows of a repeat with some columns of the submission they stand in."""
        kept = parents[["_source", "_id", "club_code", *parents.columns.intersection(["month"])]]
        rows = self.read(f"{form}__{repeat}", pc.field("_id").isin(kept["_id"].unique()))
        return rows.merge(kept, on=["_source", "_id"])


def _days_of(form: str, day: str) -> tuple[str, ...]:
    return ("event", *_DAYS.values()) if form == "loan_record" else (day,)


def _name(words: Any) -> str:
    plain = fold(words) if isinstance(words, str) else ""
    for start in ("clb", "cau lac bo"):
        if plain.startswith(f"{start} "):
            plain = plain.removeprefix(f"{start} ")
            for kind in ("lthtgn", "lth tgn", "lien the he tu giup nhau", "lien the he"):
                plain = plain.removeprefix(f"{kind} ")
    return plain


def _month(source: _Source) -> Rows:
    sent = source.months().groupby(["club_code", "month"]).size()
    return {
        (row["club_code"], row["month"]): (
            row["_root_uuid"],
            int(sent[row["club_code"], row["month"]]),
            _plain(row["income_closing_cash"]),
        )
        for row in source.winners().to_dict("records")
    }


def _club(source: _Source) -> Rows:
    """Give name, founding day and status: what was said last of each."""
    changes = source.form("club_registration", "action_date")
    changes = changes[changes["action"].fillna("register") != "register"]
    changes = changes.sort_values(["day", "end", "_root_uuid"])
    replaced = changes[changes["report_kind"] == "replaces"]
    clubs = {}
    for row in _winning_registrations(source).to_dict("records"):
        code, status = row["club_code"], "active"
        name, founded = row["club_name"], row["founded_on"]
        newer = set(replaced[replaced["club_code"] == code]["action"])
        for change in changes[changes["club_code"] == code].to_dict("records"):
            if change["report_kind"] != "replaces" and change["action"] in newer:
                continue
            status = {"suspend": "suspended", "resume": "active"}.get(change["action"], status)
            name = _plain(change["club_name"]) or name
            founded = _plain(change["founded_on"]) or founded
        clubs[code] = (name, founded, status)
    return clubs


def _winning_registrations(source: _Source) -> pd.DataFrame:
    """Give the registration of each club whose codes stand in the register."""
    rows = source.registrations()
    rows = rows[rows["club_code"].isin(source.codes)]
    return rows.drop_duplicates("club_code")


def _member(source: _Source) -> Rows:
    """Give who joined and left when, household and need, by the row of the first mention."""
    roster = source.rows_of("club_registration", "member", _winning_registrations(source))
    joined = source.rows_of("monthly_activity_report", "joined", source.winners())
    people: dict[Any, dict[str, Any]] = {}
    founded = dict(zip(source.clubs["club_code"], source.clubs["founded_on"], strict=True))
    for row in roster.to_dict("records"):
        people[row["_root_uuid"], row["_row"]] = {
            "on": _plain(row["member_joined"]) or founded[row["club_code"]],
            "household": _plain(row["member_household"]),
            "needs": _plain(row["member_needs"]),
        }
    for row in joined.to_dict("records"):
        people[row["_root_uuid"], row["_row"]] = {
            "on": _plain(row["joined_on"]) or _first(row["month"]),
            "household": _plain(row["joined_household"]),
            "needs": _plain(row["joined_needs"]),
        }
    people = {key: one for key, one in people.items() if one["on"] <= source.as_of}
    register = source.read("member", pc.field("club_code").isin(sorted(source.codes)))
    where = {
        row["member_code"]: (row["_root_uuid"], row["_row"]) for row in register.to_dict("records")
    }
    _follow(source, people, where)
    return {
        key: (one["on"], one.get("left"), one["household"], _yes(one["needs"]))
        for key, one in people.items()
    }


def _follow(source: _Source, people: dict[Any, dict[str, Any]], where: Rows) -> None:
    """Let monthly reports that win change what is known of people; first leaving, last state."""
    winners = source.winners()
    left = source.rows_of("monthly_activity_report", "left_member", winners)
    for row in left.sort_values("month").to_dict("records"):
        one = people.get(where.get(row["left_code"]), {})
        on = _plain(row["left_on"]) or _first(row["month"])
        if on <= source.as_of:
            one.setdefault("left", on)
    changed = source.rows_of("monthly_activity_report", "changed_member", winners)
    for row in changed.sort_values("month").to_dict("records"):
        one = people.get(where.get(row["changed_code"]), {})
        one["household"] = _plain(row["changed_household"]) or one.get("household")
        one["needs"] = _plain(row["changed_needs"]) or one.get("needs")


def _loan(source: _Source) -> Rows:
    """Give what was lent, repaid and written off, and what is left, by the record of lending."""
    lent, later = _loan_records(source)
    loans = {}
    parts = later.groupby("loan")["gone"].sum() if len(later) else {}
    codes = _codes_of(source, "loan", "loan_code")
    for row in lent.to_dict("records"):
        amount = _plain(row["amount"]) or 0
        gone = int(parts.get(codes.get(row["_root_uuid"]), 0))
        loans[row["_root_uuid"]] = (amount, max(amount - gone, 0), row["lent_on"])
    return loans


def _loan_event(source: _Source) -> Rows:
    """Give how many events each loan has, the lending among them."""
    lent, later = _loan_records(source)
    codes = _codes_of(source, "loan", "loan_code")
    counts = later.groupby("loan").size() if len(later) else {}
    return {
        codes[root]: 1 + int(counts.get(codes[root], 0))
        for root in lent["_root_uuid"]
        if root in codes
    }


def _loan_records(source: _Source) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = source.form("loan_record", "event")
    rows = rows[~rows["_root_uuid"].isin(_replaced_loans(rows))]
    later = rows[rows["event"] != "lent"]
    gone = later["principal"].where(later["event"] == "repaid", later["written_off_amount"])
    return rows[rows["event"] == "lent"], later.assign(gone=gone.fillna(0))


def _replaced_loans(rows: pd.DataFrame) -> set[str]:
    """Give what replacements name by its day: of the same borrower or loan, or the only one."""
    gone = set()
    plain = rows[rows["report_kind"] != "replaces"]
    for new in rows[rows["report_kind"] == "replaces"].to_dict("records"):
        same = plain[
            (plain["club_code"] == new["club_code"])
            & (plain["event"] == new["event"])
            & (plain["day"] == new["replaced_date"])
        ]
        meant = same[(same["borrower"] == new["borrower"]) | (same["loan"] == new["loan"])]
        gone |= set((meant if len(meant) or len(same) > 1 else same)["_root_uuid"][:1])
    return gone


def _inspection(source: _Source) -> Rows:
    rows = source.form("inspection_checklist", "visit_date")
    rows = rows.assign(replaces=rows["report_kind"] == "replaces")
    replaced = {
        (row["club_code"], row["team_level"], row["replaced_date"])
        for row in rows[rows["replaces"]].to_dict("records")
    }
    key = ["club_code", "visit_date", "team_level"]
    last = rows.sort_values([*key, "replaces", "end", "_root_uuid"]).groupby(key).tail(1)
    return {
        row["_root_uuid"]: (row["club_code"], row["visit_date"])
        for row in last.to_dict("records")
        if row["replaces"] or (row["club_code"], row["team_level"], row["visit_date"])
        not in replaced
    }  # fmt: skip


def _training_club(source: _Source) -> Rows:
    if "training_record" not in source.tables.names:
        return {}
    rows = source.read("training_record")
    rows = rows[rows["starts_on"].notna() & (rows["_validation"].fillna("") != REFUSED)]
    rows = rows[(rows["starts_on"] <= source.as_of) & (rows["report_kind"] != "replaces")]
    parts = source.read("training_record__club_part").merge(
        rows[["_source", "_id", "training_kind"]], on=["_source", "_id"]
    )
    parts = parts[parts["part_club"].isin(source.codes)]
    return {
        (row["_root_uuid"], row["_row"]): (
            row["part_club"], row["training_kind"],
            len(row["part_board"]) if row["part_board"] is not None else 0,
        )
        for row in parts.to_dict("records")
    }  # fmt: skip


def _codes_of(source: _Source, name: str, column: str) -> dict[str, str]:
    rows = source.read(name)
    return dict(zip(rows["_root_uuid"], rows[column], strict=True))


def _kept(name: str, key: Callable[[Any], Any], values: Callable[[Any], Any]) -> Any:
    """Give what a register holds of the clubs, as values by key."""

    def read(source: _Source) -> Rows:
        rows = source.read(name, pc.field("club_code").isin(sorted(source.codes)))
        return {key(row): values(row) for row in rows.to_dict("records")}

    return read


def _kept_events(source: _Source) -> Rows:
    own = source.read("loan", pc.field("club_code").isin(sorted(source.codes)))["loan_code"]
    rows = source.read("loan_event", pc.field("loan_code").isin(sorted(set(own))))
    return rows.groupby("loan_code").size().to_dict()


def _first(month: str) -> date:
    return date.fromisoformat(f"{month}-01")


def _yes(value: Any) -> bool | None:
    return None if value is None else value == "yes"


def _plain(value: Any) -> Any:
    """Give a value as Python has it; what is missing is None."""
    if value is None or value is pd.NaT or value != value:  # noqa: PLR0124 - not a number
        return None
    return int(value) if isinstance(value, float) else value


MAKERS: Mapping[str, Callable[[_Source], Rows]] = {
    "club": _club,
    "club_month": _month,
    "member": _member,
    "loan": _loan,
    "loan_event": _loan_event,
    "inspection": _inspection,
    "training_club": _training_club,
}
KEPT: Mapping[str, Callable[[_Source], Rows]] = {
    "club": _kept("club", lambda row: row["club_code"],
                  lambda row: (row["name"], row["founded_on"], row["status"])),
    "club_month": _kept(
        "club_month", lambda row: (row["club_code"], row["month"]),
        lambda row: (row["_root_uuid"], row["reports"], _plain(row["income_closing_cash"])),
    ),
    "member": _kept(
        "member", lambda row: (row["_root_uuid"], row["_row"]),
        lambda row: (row["joined_on"], _plain(row["left_on"]), _plain(row["household"]),
                     _plain(row["needs_support"])),
    ),
    "loan": _kept("loan", lambda row: row["_root_uuid"],
                  lambda row: (_plain(row["principal"]), row["outstanding"], row["lent_on"])),
    "loan_event": _kept_events,
    "inspection": _kept("inspection", lambda row: row["_root_uuid"],
                        lambda row: (row["club_code"], row["visit_date"])),
    "training_club": _kept(
        "training_club", lambda row: (row["_root_uuid"], row["_row"]),
        lambda row: (row["club_code"], row["kind"],
                     len(row["board"]) if row["board"] is not None else 0),
    ),
}  # fmt: skip
