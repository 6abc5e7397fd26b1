"""One person as somebody types them in: looked over by the same rules as a row of a file."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from backdrop_tui.intake.checking.check import check
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.problems import Level
from backdrop_tui.school.school import School
from backdrop_tui.store.people import Person

_IN_FILES = frozenset({"person-ambiguous"})
"""Problems that only a file has: here it is plain who is meant."""


@dataclass(frozen=True)
class EntryProblem:
    """One thing that is wrong with what was typed in."""

    field: str | None
    """The key of the field; None for the person as a whole."""
    level: Level
    """`error`: it can't be stored so. `warning`: worth a look."""
    message: str
    """What was found, and what is wanted."""
    suggestion: str | None = None
    """What could stand there instead."""


@dataclass(frozen=True)
class Entry:
    """One person as typed in, looked over."""

    person: dict[str, str | None]
    """The stored form of each field by key; None where there is none, or where an error stands."""
    problems: tuple[EntryProblem, ...]
    """What is wrong, errors first."""

    @property
    def has_errors(self) -> bool:
        """Whether it can't be stored so."""
        return any(problem.level == "error" for problem in self.problems)


def look_over(
    school: School, kind: RecordKind, texts: Mapping[str, str], today: date, person_id: str | None = None
) -> Entry:
    """Look over a person as typed in.

    Args:
        school: Whose.
        kind: What they are.
        texts: What was typed in, by the fields' keys; a key that is left out is blank.
        today: The day.
        person_id: The id of the person who is changed; None for somebody new.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    stored = school.stored(kind)
    others = stored.filter(pl.col("id") != person_id) if person_id else stored
    typed = {field.key: field.typed(texts.get(field.key, "")) for field in kind.fields}
    raw = pl.DataFrame(
        {"row": [1], **{key: [text] for key, text in typed.items()}},
        schema={"row": pl.UInt32, **dict.fromkeys(kind.keys, pl.String)},
    )
    checked = check(kind, raw, school.context(today), others)
    person = checked.people.row(0, named=True)
    del person["row"]
    found = [
        EntryProblem(problem["field"], problem["level"], problem["message"], problem["suggestion"])
        for problem in checked.problems.iter_rows(named=True)
        if problem["code"] not in _IN_FILES
    ]
    wrong = {problem.field for problem in found if problem.level == "error"}
    found += _like_others(kind, person, others, wrong)
    return Entry(person, tuple(sorted(found, key=lambda problem: problem.level)))


def look_over_change(
    school: School, kind: RecordKind, before: Person, texts: Mapping[str, str], today: date
) -> Entry:
    """Look over some fields of somebody stored, as they are typed in anew.

    Only what this change would bring in is a problem: what was odd about a person before keeps nobody from putting
    something else right.

    Args:
        school: Whose.
        kind: What they are.
        before: The person as stored, with their `id`.
        texts: What was typed in, by the keys of the fields that change.
        today: The day.

    Raises:
        DataFolderError: What is stored can't be read.
    """
    shown = {field.key: field.to_show(before[field.key] or "") for field in kind.fields}
    old = look_over(school, kind, shown, today, before["id"])
    new = look_over(school, kind, {**shown, **texts}, today, before["id"])
    known = {(problem.field, problem.message) for problem in old.problems if problem.field not in texts}
    brought = tuple(problem for problem in new.problems if (problem.field, problem.message) not in known)
    person = {key: new.person[key] if key in texts else before[key] for key in kind.keys}
    return replace(new, person=person, problems=brought)


def _like_others(
    kind: RecordKind, person: Person, others: pl.DataFrame, wrong: Collection[str | None]
) -> list[EntryProblem]:
    """Who is stored that this one could be mixed up with."""
    mark_way, *name_ways = kind.recognised_by
    mark = mark_way.same[0]
    found: list[EntryProblem] = []
    if mark not in wrong and _same(others, person, (mark,)):
        label = kind.label(mark)
        found.append(
            EntryProblem(
                mark,
                "error",
                f"This {label} is stored for somebody else. Each {kind.one} has one of their own.",
            )
        )
    for way in name_ways:
        if _same(others, person, way.same):
            alike = " and ".join(_words(kind, way.same))
            found.append(
                EntryProblem(
                    None,
                    "warning",
                    f"A {kind.one} with this {alike} is stored already. Look whether they are one.",
                )
            )
    return found


def _same(others: pl.DataFrame, person: Person, keys: Collection[str]) -> bool:
    """Whether somebody else has the same in these fields, without regard to case."""
    values = {key: value for key in keys if (value := person[key])}
    if len(values) < len(keys):
        return False
    agrees = [pl.col(key).str.to_lowercase() == value.lower() for key, value in values.items()]
    return not others.lazy().filter(*agrees).head(1).collect().is_empty()


def _words(kind: RecordKind, keys: Collection[str]) -> list[str]:
    """What these fields are called in a sentence; the two parts of a name are one word."""
    labels = ["name" if key in {"first_name", "surname"} else kind.label(key).lower() for key in keys]
    return list(dict.fromkeys(labels))
