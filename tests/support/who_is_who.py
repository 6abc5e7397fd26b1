"""Who is who, decided row by row in plain Python: slow, simple, and independent of the product, which is compared with it."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from tests.support.likeness import fold, is_like, is_long_form, is_near

Facts = Mapping[str, str | None]
"""What is known of a child, by the fields' keys; `id` for the people stored."""
Upn = Literal["agrees", "open", "differs"]
First = Literal["same", "long form", "like", "unlike"]
Born = Literal["same", "near", "far"]
Outcome = Literal["recognised", "upn-taken", "person-near", "upn-changed", "new"]

_LIKE: tuple[First, ...] = ("same", "long form", "like")
_NOT_SAME: tuple[First, ...] = ("long form", "like")
_UNLIKE: tuple[First, ...] = ("unlike",)
_ANY: tuple[First, ...] = (*_LIKE, *_UNLIKE)
_NEAR_OR_FAR: tuple[Born, ...] = ("near", "far")


@dataclass(frozen=True)
class Line:
    """A line of the table: what a row and a person stored have in common, and what follows."""

    number: int
    """Its place: the first line that fits decides."""
    upn: Upn
    """What the UPNs are."""
    first: tuple[First, ...]
    """What the first names may be."""
    surname: Literal["same", "differs"]
    """What the surnames are."""
    born: tuple[Born, ...]
    """What the birth dates may be."""
    outcome: Outcome
    """What follows."""


LINES: tuple[Line, ...] = (
    Line(1, "agrees", _LIKE, "same", ("same",), "recognised"),
    Line(2, "agrees", _LIKE, "same", ("near",), "recognised"),
    Line(3, "agrees", ("same",), "same", ("far",), "recognised"),
    Line(4, "agrees", _NOT_SAME, "same", ("far",), "upn-taken"),
    Line(5, "agrees", _LIKE, "differs", ("same",), "recognised"),
    Line(6, "agrees", _LIKE, "differs", _NEAR_OR_FAR, "upn-taken"),
    Line(7, "agrees", _UNLIKE, "same", ("same",), "upn-taken"),
    Line(8, "agrees", _UNLIKE, "same", ("near",), "upn-taken"),
    Line(9, "agrees", _UNLIKE, "same", ("far",), "upn-taken"),
    Line(10, "agrees", _UNLIKE, "differs", ("same",), "upn-taken"),
    Line(11, "agrees", _UNLIKE, "differs", _NEAR_OR_FAR, "upn-taken"),
    Line(12, "open", ("same",), "same", ("same",), "recognised"),
    Line(13, "open", ("long form",), "same", ("same",), "recognised"),
    Line(14, "open", ("like",), "same", ("same",), "person-near"),
    Line(15, "open", _UNLIKE, "same", ("same",), "person-near"),
    Line(16, "open", _LIKE, "differs", ("same",), "person-near"),
    Line(17, "open", _UNLIKE, "differs", ("same",), "person-near"),
    Line(18, "open", _LIKE, "same", ("near",), "person-near"),
    Line(19, "open", _UNLIKE, "same", _NEAR_OR_FAR, "new"),
    Line(20, "open", _LIKE, "same", ("far",), "new"),
    Line(21, "open", _ANY, "differs", _NEAR_OR_FAR, "new"),
    Line(22, "differs", _LIKE, "same", ("same",), "upn-changed"),
)
"""The table. What no line says is about nobody stored (line 23)."""


_LONG_FORM, _OTHER_FIRST_NAME, _EXCHANGED, _OTHER_UPN = 13, 15, 17, 22
"""The lines that depend on more than names, birth date and UPN."""


@dataclass
class Verdict:
    """What is decided about a row."""

    outcome: str = "new"
    """`recognised`, `new`, or the code of the question that is asked."""
    ids: frozenset[str] = frozenset()
    """The people stored whom the row is about, or may be about."""
    line: int = 23
    """The line of the table that decided; 0 for a rule that isn't in it."""
    warnings: frozenset[str] = frozenset()
    """The codes of the warnings."""

    @property
    def id(self) -> str | None:
        """The person stored whom the row is about; None if it isn't known to be about anybody."""
        return next(iter(self.ids)) if self.outcome == "recognised" else None


def decide(rows: Sequence[Facts], stored: Sequence[Facts]) -> list[Verdict]:
    """Who the rows of a file are about. No two of them are the same in every field."""
    verdicts = [_at_once(row, stored) for row in rows]
    _recognise_long_forms(rows, stored, verdicts)
    taken = {verdict.id for verdict in verdicts}
    for n, row in enumerate(rows):
        if verdicts[n].outcome == "new":
            verdicts[n] = _question(row, stored, taken)
    names = [_name_and_birth_date(row) for row in rows]
    verdicts = with_duplicates(verdicts, names, {_name_and_birth_date(person) for person in stored})
    return [_with_warnings(row, stored, verdict) for row, verdict in zip(rows, verdicts, strict=True)]


def line_of(row: Facts, person: Facts) -> Line | None:
    """The line of the table that fits a row and a person stored; None for the last line."""
    upn, first, born = _upns(row, person), _first_names(row, person), _birth_dates(row, person)
    surname = "same" if _same(row, person, "surname") else "differs"
    for line in LINES:
        if (line.upn, line.surname) == (upn, surname) and first in line.first and born in line.born:
            return None if _is_somebody_else(line, row, person) else line
    return None


def _is_somebody_else(line: Line, row: Facts, person: Facts) -> bool:
    """Whether what isn't among the columns of the table says that they are two people."""
    if line.number == _OTHER_FIRST_NAME:
        return _genders_differ(row, person)
    if line.number == _EXCHANGED:
        names = fold(row["first_name"] or ""), fold(row["surname"] or "")
        return names != (fold(person["surname"] or ""), fold(person["first_name"] or ""))
    return False


def _at_once(row: Facts, stored: Sequence[Facts]) -> Verdict:
    """What can be decided without looking at the other rows: the rules above the table, and lines 1 to 12."""
    by_id = [
        person for person in stored if row.get("id") == person["id"] and not _contradicts_id(row, person)
    ]
    if any(_is_namesake(row, person) for person in stored):
        by_id = [person for person in by_id if _is_namesake(row, person)]
    verdict = _recognised(by_id[0], 0) if by_id else _by_table(row, stored)
    holders = [person for person in stored if person["upn"] and person["upn"] == row["upn"]]
    if verdict.id is not None and holders and verdict.id != holders[0]["id"]:
        return Verdict("upn-taken", verdict.ids, verdict.line)
    return verdict


def _contradicts_id(row: Facts, person: Facts) -> bool:
    """Whether a row can't be about the person with its Back:drop ID: the UPNs differ, and so do the names.

    Where the UPNs say nothing, it can't be if neither first name, surname nor birth date is alike.
    """
    upn = _upns(row, person)
    is_nothing_alike = (
        _first_names(row, person) == "unlike"
        and not _same(row, person, "surname")
        and _birth_dates(row, person) != "same"
    )
    return (upn == "differs" and not _same_name(row, person)) or (upn == "open" and is_nothing_alike)


def _by_table(row: Facts, stored: Sequence[Facts]) -> Verdict:
    holders = [person for person in stored if _upns(row, person) == "agrees"]
    namesakes = [person for person in stored if _is_namesake(row, person)]
    with_upn = [person for person in namesakes if person in holders]
    if len(namesakes) > 1 and not with_upn:
        return _asks("person-ambiguous", namesakes, 0)
    if holders and namesakes and not with_upn:
        return _asks("upn-taken", namesakes, 0)
    lines = [
        (line, person) for person in stored if (line := line_of(row, person)) and line.number < _LONG_FORM
    ]
    if not lines:
        return Verdict()
    line, person = min(lines, key=lambda pair: (pair[0].number, pair[1]["upn"] != row["upn"]))
    if line.outcome == "recognised":
        return _recognised(person, line.number)
    return _asks(line.outcome, [person], line.number)


def _recognise_long_forms(rows: Sequence[Facts], stored: Sequence[Facts], verdicts: list[Verdict]) -> None:
    """Recognise a child by a short or long form of its first name, if there is one such child and one such row."""
    taken = {verdict.id for verdict in verdicts}
    pairs = [
        (n, person)
        for n, row in enumerate(rows)
        if verdicts[n].outcome == "new"
        for person in stored
        if _id(person) not in taken and (line := line_of(row, person)) and line.number == _LONG_FORM
    ]
    for n, person in pairs:
        others = [pair for pair in pairs if (pair[0] == n) != (pair[1] is person)]
        if not others and not _genders_differ(rows[n], person):
            verdicts[n] = _recognised(person, _LONG_FORM)


def _question(row: Facts, stored: Sequence[Facts], taken: Collection[str | None]) -> Verdict:
    """The question that a row leads to which is about nobody for certain; `new` if there is none.

    Args:
        row: The row.
        stored: The people stored.
        taken: The people stored whom other rows are about.
    """
    lines = [
        (line, person)
        for person in stored
        if (line := line_of(row, person))
        and line.outcome != "new"
        and (_id(person) not in taken or (line.number == _OTHER_UPN and _same_name(row, person)))
    ]
    if not lines:
        return Verdict()
    first = min(line.number for line, _ in lines)
    asked = [(line, person) for line, person in lines if line.number == first]
    outcome = "person-near" if first == _LONG_FORM else asked[0][0].outcome
    return _asks(outcome, [person for _, person in asked], first)


def with_duplicates(
    verdicts: Sequence[Verdict],
    names: Sequence[Hashable],
    stored_names: Collection[Hashable] | None = None,
) -> list[Verdict]:
    """Verdicts that ask about rows of one person: rows recognised as the same, and those of one name.

    A row that is asked about anyway keeps its question.

    Args:
        verdicts: What is decided about each.
        names: What two rows of one person share, for each row.
        stored_names: Such names of the people stored. For any other, there is a warning instead of a question. None if all
            are asked about.
    """
    after = list(verdicts)
    for n in _repeated([verdict.id for verdict in verdicts]):
        after[n] = replace(after[n], outcome="duplicate-person")
    groups = defaultdict[Hashable, list[int]](list)
    for n, name in enumerate(names):
        if after[n].outcome != "duplicate-person":
            groups[name].append(n)
    for name, numbers in groups.items():
        if len(numbers) < 2 or all(verdicts[n].id for n in numbers):
            continue
        for n in numbers:
            if stored_names is not None and name not in stored_names:
                after[n] = replace(after[n], warnings=after[n].warnings | {"duplicate-person"})
            elif after[n].outcome in {"recognised", "new"}:
                after[n] = replace(after[n], outcome="duplicate-person")
    return after


def _repeated(ids: Sequence[str | None]) -> list[int]:
    """The places of the ids that come more than once."""
    return [n for n, person in enumerate(ids) if person is not None and ids.count(person) > 1]


def _with_warnings(row: Facts, stored: Sequence[Facts], verdict: Verdict) -> Verdict:
    """A verdict with the warnings about what differs from the person stored."""
    person = next((person for person in stored if person["id"] == verdict.id), None)
    if person is None:
        return verdict
    warnings = set(verdict.warnings)
    if not _is_namesake(row, person):
        warnings.add("person-changed")
    if _is_temporary(row["upn"]) and person["upn"] and not _is_temporary(person["upn"]):
        warnings.add("upn-kept")
    return replace(verdict, warnings=frozenset(warnings))


def _recognised(person: Facts, line: int) -> Verdict:
    return Verdict("recognised", frozenset({_id(person)}), line)


def _asks(code: str, people: Iterable[Facts], line: int) -> Verdict:
    return Verdict(code, frozenset(map(_id, people)), line)


def _id(person: Facts) -> str:
    return person["id"] or ""


def _same(row: Facts, person: Facts, key: str) -> bool:
    return fold(row[key] or "") == fold(person[key] or "")


def _same_name(row: Facts, person: Facts) -> bool:
    return _same(row, person, "first_name") and _same(row, person, "surname")


def _name_and_birth_date(person: Facts) -> tuple[str, ...]:
    return fold(person["first_name"] or ""), fold(person["surname"] or ""), person["date_of_birth"] or ""


def _is_namesake(row: Facts, person: Facts) -> bool:
    """Whether two have the same name and birth date."""
    return _name_and_birth_date(row) == _name_and_birth_date(person)


def _genders_differ(row: Facts, person: Facts) -> bool:
    return bool(row["gender"] and person["gender"]) and row["gender"] != person["gender"]


def _is_temporary(upn: str | None) -> bool:
    return bool(upn) and not str(upn)[-1].isdigit()


def _upns(row: Facts, person: Facts) -> Upn:
    """Whether the UPNs agree; where they say nothing, an equal admission number agrees."""
    upns = {row["upn"], row.get("former_upn")} - {None}
    if person["upn"] in upns:
        return "agrees"
    if row["upn"] and person["upn"] and not _is_temporary(row["upn"]) and not _is_temporary(person["upn"]):
        return "differs"
    number = row.get("admission_number")
    return "agrees" if number is not None and number == person.get("admission_number") else "open"


def _first_names(row: Facts, person: Facts) -> First:
    name, other = row["first_name"] or "", person["first_name"] or ""
    if fold(name) == fold(other):
        return "same"
    if is_long_form(name, other):
        return "long form"
    return "like" if is_like(name, other) else "unlike"


def _birth_dates(row: Facts, person: Facts) -> Born:
    born, other = (date.fromisoformat(facts["date_of_birth"] or "") for facts in (row, person))
    if born == other:
        return "same"
    return "near" if is_near(born, other) else "far"
