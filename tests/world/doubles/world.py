"""Clubs, members and borrowers that were written down twice; and others that only look so.

The truth is data: pairs that are the same, and pairs that are not. Clubs are known by the root
uuid of their registration, people by that and the row (``root/row``).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from math import cos, radians
from random import Random

from ishc.demo import drafts
from ishc.demo.answers import Codes
from ishc.demo.drafts import Draft
from ishc.demo.happened import ClubHistory
from ishc.demo.history import club_history
from ishc.demo.model import Club, Person, Place
from ishc.demo.names import GIVEN, MIDDLE, SURNAMES
from ishc.demo.plan import NOTHING, Plan
from ishc.demo.stamps import draw_device, draw_uuid
from programme.areas import load_areas
from programme.folder import shipped
from programme.text import fold
from tests.world.builder import Staged, fill_all, issue_codes, staged
from tests.world.doubles.spelling import OF_CLUBS, OF_PEOPLE, PREFIX, Respell
from tests.world.records import Record, as_kobo, dumped, with_number

PROVINCE = "20"
# every pair of them differs in more than marks, tone places and one letter
VILLAGES = tuple(
    "Nà Lùng|Khuổi Cạn|Pò Mạ|Bản Chuông|Pác Ngòa|Lũng Thủy|Cốc Hòa|Khau Đon|Phai Kít|Kéo Thoong"
    "|Đồng Én|Tân Hòa|Nà Sliềng|Khuổi Đẩy|Pò Tấu|Bản Vàng|Pác Bó|Lũng Vài|Cốc Lải|Khau Slung"
    "|Phai Duốc|Kéo Phấy|Đoàn Kết|Tân Lập|Nà Hoài|Khuổi Giang|Pò Lẹng|Bản Quang|Pác Cáp|Lũng Phúc"
    "|Cốc Toản|Khau Bân|Phai Luông|Kéo Ái|Đình Cả|Tân Thủy|Nà Mu|Khuổi Xả|Pò Háng|Bản Thín".split(
        "|"
    )
)
KILOMETRES_A_DEGREE = 111.2
MONTHS = 4
FIRST = date(2026, 7, 1)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that are, or are not, the same club or person.

    Args:
        left, right: keys; the left one was written down first.
        same: the truth.
        why: what was done to the second, or why they only look alike.
    """

    left: str
    right: str
    same: bool
    why: str


@dataclass(frozen=True, slots=True)
class Meant:
    """A form that names somebody in words.

    Args:
        form, root: the submission.
        words: what it says.
        key: of the club or member that is meant; None when nobody registered that one.
        why: how it is written.
    """

    form: str
    root: str
    words: str
    key: str | None
    why: str


@dataclass(frozen=True)
class DoublesWorld:
    """What was sent, and who is who.

    Args:
        records: as the server gives them.
        clubs: pairs of clubs; every pair that is not here is different.
        members: pairs of members of one club, or of two that are different clubs; every pair that
            is not here is different, but for members of clubs that are the same.
        clubs_meant: monthly reports that name a club in words.
        borrowers_meant: loan records that name a borrower in words.
        communes: where clubs are, by root uuid of the registration.
        as_of: the last day.
    """

    records: tuple[Record, ...]
    clubs: tuple[Pair, ...]
    members: tuple[Pair, ...]
    clubs_meant: tuple[Meant, ...]
    borrowers_meant: tuple[Meant, ...]
    communes: dict[str, str]
    as_of: date


@dataclass
class _Making:
    """A world that is being made."""

    rng: Random
    histories: list[ClubHistory]
    clubs: list[Pair] = field(default_factory=list)
    members: list[Pair] = field(default_factory=list)
    clubs_meant: list[Meant] = field(default_factory=list)
    borrowers_meant: list[Meant] = field(default_factory=list)


def doubles_world(clubs: int = 80, seed: int = 11) -> DoublesWorld:
    """Make a world of honest clubs, of which some are there twice.

    Args:
        clubs: how many different ones; about as many again are doubles and look-alikes.
        seed: chooses one world among many.
    """
    plan = _plan(clubs, seed)
    making = _Making(Random(f"{seed}/doubles"), list(_named(plan)))
    honest = list(making.histories)
    for number, history in enumerate(honest):
        _double_club(making, history, number)
        _like_club(making, history, number)
        _double_members(making, history, number)
    codes = issue_codes(making.histories)
    sent = [
        built
        for history in making.histories
        for built in fill_all(history, codes, _work(making, history, codes, plan, honest))
    ]
    sent.sort(key=lambda each: (each.received, each.root))
    records = tuple(
        Record(
            each.form,
            number,
            each.root,
            each.root,
            "",
            each.received,
            with_number(number, dumped(as_kobo(each.answers, each.root, each.received))),
        )
        for number, each in enumerate(sent, 1)
    )
    return DoublesWorld(
        records,
        tuple(making.clubs),
        tuple(making.members),
        tuple(making.clubs_meant),
        tuple(making.borrowers_meant),
        {one.club.sent.root: one.club.place.commune for one in making.histories},
        plan.as_of,
    )


def _plan(clubs: int, seed: int) -> Plan:
    areas = load_areas(shipped() / "xlsforms")
    communes = [each.code for each in areas.communes_of(PROVINCE)]
    return Plan(
        seed=seed,
        places=tuple(Place(PROVINCE, communes[each % len(communes)]) for each in range(clubs)),
        first_month=FIRST,
        months=MONTHS,
        members=26 * clubs,
        borrowers=2 * clubs,
        inspections=0,
        mobilised=0,
        founded=(date(2018, 1, 1), date(2025, 12, 31)),
        lending_every=1,
    )


def _named(plan: Plan) -> Iterator[ClubHistory]:
    """Draw clubs with names that carry no number, so that a name alone can be two people's."""
    for number, place in enumerate(plan.places):
        rng = Random(f"{plan.seed}/{number}/names")
        history = club_history(plan, number, place, NOTHING)
        club = history.club
        roster = tuple(_other_names(rng, club.roster))
        named = {old.name: new.name for old, new in zip(club.roster, roster, strict=True)}
        board = tuple(replace(one, name=named[one.name]) for one in club.board)
        village = f"{rng.choice(('thôn', 'thôn', 'bản', 'tổ dân phố'))} {VILLAGES[number % 40]}"
        spot = _commune_point(place.commune)
        yield replace(
            history,
            club=replace(
                club,
                name=f"{PREFIX} {village}",
                villages=(village,),
                roster=roster,
                board=board,
                point=_near(rng, spot, 3),
            ),
            inspections=(),
        )


def _other_names(rng: Random, roster: Iterable[Person]) -> Iterator[Person]:
    """Give everybody in a club another name, no two alike when marks are left out."""
    taken: set[str] = set()
    for one in roster:
        name = _person(rng, one.sex)
        while fold(name) in taken:
            name = _person(rng, one.sex)
        taken.add(fold(name))
        yield replace(one, name=name)


def _person(rng: Random, sex: str) -> str:
    kind = "female" if sex == "female" else "male"
    middle, given = rng.choice(MIDDLE[kind]), rng.choice(GIVEN[kind])
    return f"{rng.choice(SURNAMES)} {middle} {given}"


def _commune_point(commune: str) -> tuple[float, float]:
    """Give a made-up middle of a commune: those of like codes lie near each other."""
    rng = Random(commune)
    number = int(commune) - 5900
    return 21.6 + number / 900 + rng.random() / 20, 106.4 + (number % 97) / 120


def _near(rng: Random, spot: tuple[float, float], kilometres: float) -> tuple[float, float]:
    degrees = kilometres / KILOMETRES_A_DEGREE
    north, east = rng.uniform(-degrees, degrees), rng.uniform(-degrees, degrees)
    return spot[0] + north * 0.7, spot[1] + east * 0.7 / cos(radians(spot[0]))


def _respelled(rng: Random, name: str, ways: Sequence[Respell], at: int) -> tuple[str, str]:
    """Write a name in one way, every third time in two; give how."""
    wanted = [ways[at % len(ways)]]
    if at % 3 == 0:
        wanted.append(rng.choice([way for way in ways if way not in wanted]))
    for way in wanted:
        name = way(rng, name)
    return name, " + ".join(way.__name__ for way in wanted)


def _double_club(making: _Making, history: ClubHistory, number: int) -> None:
    """Register every second club once more: from the office, from memory, by another board."""
    if number % 2:
        return
    rng, club = making.rng, history.club
    name, why = _respelled(rng, club.name, OF_CLUBS, number // 2)
    twin = _registered_again(rng, club, name)
    if number % 10 == 4:
        twin = replace(twin, place=_neighbour(making, club), point=_near(rng, _point(club), 6))
        why += " + neighbouring commune"
    if number % 6 == 2:
        day = club.founded_on + timedelta(days=rng.randint(1, 12))
        twin = replace(twin, founded_on=day, decision_number="")
        why += " + from memory"
    making.clubs.append(Pair(club.sent.root, twin.sent.root, same=True, why=why))
    making.histories.append(ClubHistory(twin, (), (), ()))


def _registered_again(rng: Random, club: Club, name: str) -> Club:
    """Give a club as another person would register it: most of the same people, other phone."""
    end = club.sent.end + timedelta(days=rng.randint(2, 20), hours=1)
    board = tuple(
        replace(one, name=rng.choice((str, str.upper))(one.name)) for one in club.board[:4]
    )
    return replace(
        club,
        sent=replace(club.sent, root=draw_uuid(rng), end=end, device=draw_device(rng)),
        name=name,
        board=board,
        roster=club.roster[: rng.randint(len(club.roster) // 2, len(club.roster))],
        point=_near(rng, _point(club), 0.4) if rng.random() < 0.7 else None,
    )


def _point(club: Club) -> tuple[float, float]:
    assert club.point is not None
    return club.point


def _neighbour(making: _Making, club: Club) -> Place:
    """Give another commune whose clubs are within 15 km."""
    here = _point(club)
    others = [
        (_far(here, _point(one.club)), one.club.place)
        for one in making.histories
        if one.club.point and one.club.place.commune != club.place.commune
    ]
    return min(others, key=lambda each: (each[0], each[1].commune))[1]


def _far(left: tuple[float, float], right: tuple[float, float]) -> float:
    east = (left[1] - right[1]) * cos(radians(left[0]))
    return ((left[0] - right[0]) ** 2 + east**2) ** 0.5 * KILOMETRES_A_DEGREE


def _like_club(making: _Making, history: ClubHistory, number: int) -> None:
    """Register another club that looks like this one and is not."""
    if number % 4 != 1:
        return
    rng, club = making.rng, history.club
    way = number // 4 % 4
    other = _another(rng, club)
    if way == 0:  # villages of one commune that are numbered
        why = "numbered villages"
        making.histories[number] = history = _renamed(history, f"{club.name} 1")
        other = replace(other, name=f"{club.name} 2")
    elif way == 1:  # a common name far away
        why = "same name, far commune"
        far = max(
            (one for one in making.histories if one.club.point),
            key=lambda one: _far(_point(club), _point(one.club)),
        )
        other = replace(other, place=far.club.place, point=_near(rng, _point(far.club), 2))
    elif way == 2:  # one decision founded two clubs on one day
        why = "one decision, one day, two villages"
        village = f"thôn {VILLAGES[(number + 7) % 40]}"
        other = replace(
            other,
            name=f"{PREFIX} {village}",
            founded_on=club.founded_on,
            decision_number=club.decision_number,
            decision_date=club.decision_date,
        )
    else:  # villages whose names differ in one word
        why = "upper and lower village"
        making.histories[number] = history = _renamed(history, f"{club.name} Thượng")
        other = replace(other, name=f"{club.name} Hạ")
    making.clubs.append(Pair(club.sent.root, other.sent.root, same=False, why=why))
    making.histories.append(ClubHistory(other, (), (), ()))


def _renamed(history: ClubHistory, name: str) -> ClubHistory:
    return replace(history, club=replace(history.club, name=name))


def _another(rng: Random, club: Club) -> Club:
    """Give a club of its own with the same name: other people, other decision, other day."""
    end = club.sent.end + timedelta(days=rng.randint(2, 20), hours=2)
    day = club.founded_on - timedelta(days=rng.randint(90, 500))
    roster = tuple(
        replace(one, birth_year=one.birth_year + rng.randint(-3, 3))
        for one in _other_names(rng, club.roster)
    )
    grown_up = [one for one in roster if one.birth_year < 1995]
    board = tuple(
        replace(role, name=one.name, sex=one.sex, birth_year=one.birth_year, since=day)
        for role, one in zip(club.board, grown_up, strict=False)
    )
    return replace(
        club,
        sent=replace(club.sent, root=draw_uuid(rng), end=end, device=draw_device(rng)),
        founded_on=day,
        decision_number=f"{rng.randint(11, 480)}/QĐ-UBND",
        decision_date=day - timedelta(days=6),
        board=board,
        roster=tuple(replace(one, joined_on=max(one.joined_on, day)) for one in roster),
        point=_near(rng, _point(club), 4),
    )


def _double_members(making: _Making, history: ClubHistory, number: int) -> None:
    """List two members of a club twice, and two who only look alike."""
    club = making.histories[number].club
    rng, root = making.rng, club.sent.root
    roster = list(club.roster)
    for step in (0, 1):
        at = 2 + 3 * step
        name, why = _respelled(rng, roster[at].name, OF_PEOPLE, number * 2 + step)
        again = replace(roster[at], name=name, household=rng.choice((roster[at].household, "none")))
        if (number + step) % 5 == 0:
            again = replace(again, birth_year=again.birth_year + 1)
            why += " + a year off"
        roster.append(replace(again, consent_number=f"DT-{9000 + number}"))
        making.members.append(Pair(f"{root}/{at + 1}", f"{root}/{len(roster)}", same=True, why=why))
    for step, (other, why) in enumerate(_look_alikes(roster[8], roster[11])):
        at = (8, 11)[step]
        roster.append(other)
        pair = Pair(f"{root}/{at + 1}", f"{root}/{len(roster)}", same=False, why=why)
        making.members.append(pair)
    new = replace(club, roster=tuple(roster))
    making.histories[number] = replace(making.histories[number], club=new)


def _look_alikes(parent: Person, twin: Person) -> Iterable[tuple[Person, str]]:
    child = replace(parent, birth_year=min(parent.birth_year + 24, 2008))
    if child.birth_year - parent.birth_year < 15:
        child = replace(parent, birth_year=parent.birth_year - 24)
    yield child, "namesakes of two generations"
    *before, given = twin.name.split()
    like = GIVEN[twin.sex][(GIVEN[twin.sex].index(given) + 5) % 20]
    yield replace(twin, name=" ".join([*before, like])), "twins"


def _work(
    making: _Making, history: ClubHistory, codes: Codes, plan: Plan, honest: Sequence[ClubHistory]
) -> Iterator[Staged]:
    """Give a club's forms; some name the club, or a borrower, in words."""
    known = {one.club.sent.root for one in honest}
    if history.club.sent.root not in known:
        yield from (Staged(None, draft) for draft in drafts.registrations([history]))
        return
    for each in staged(history, codes, plan.calendar):
        draft = each.draft
        if draft.form == "monthly_activity_report" and history.club.number % 3 == 0:
            yield replace(each, draft=_club_in_words(making, history.club, draft))
        elif draft.answers.get("event") == "lent" and history.club.number % 2 == 0:
            yield replace(each, draft=_borrower_in_words(making, history, draft, codes))
        else:
            yield each


def _club_in_words(making: _Making, club: Club, draft: Draft) -> Draft:
    stray = len(making.clubs_meant) % 6 == 5
    if stray:  # a club that nobody registered
        words, why = f"{PREFIX} thôn Thâm Khuyên", "nobody's"
    else:
        at = len(making.clubs_meant)
        words, why = _respelled(making.rng, club.name, OF_CLUBS, at)
    key = None if stray else club.sent.root
    making.clubs_meant.append(Meant(draft.form, draft.sent.root, words, key, why))
    answers = {name: value for name, value in draft.answers.items() if name != "club"}
    return replace(draft, answers={**answers, "club_in_list": "not_listed", "club_words": words})


def _borrower_in_words(making: _Making, history: ClubHistory, draft: Draft, codes: Codes) -> Draft:
    club = history.club
    loan = next(one for one in history.loans if one.sent.root == draft.sent.root)
    at = len(making.borrowers_meant)
    words, why = _respelled(making.rng, club.roster[loan.borrower - 1].name, OF_PEOPLE, at)
    key = f"{club.sent.root}/{loan.borrower}"
    making.borrowers_meant.append(Meant(draft.form, draft.sent.root, words, key, why))
    answers = {name: value for name, value in draft.answers.items() if name != "borrower"}
    return replace(
        draft, answers={**answers, "borrower_in_list": "not_listed", "borrower_words": words}
    )
