"""Check one person as typed in, by the same rules as a row of a file."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from backdrop_tui.intake.checking.check import check
from backdrop_tui.records.fields.date_of_birth import DATE_OF_BIRTH
from backdrop_tui.records.fields.upn import UPN
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.problems import Level
from backdrop_tui.records.schema.text import as_it_looks
from backdrop_tui.school.school import School
from backdrop_tui.store.port import Person
from backdrop_tui.wording import listed


@dataclass(frozen=True)
class PersonProblem:
    """A problem with what was typed in."""

    field: str | None
    """The key of the field; None if the problem concerns the whole person."""
    level: Level
    """`error`: the person can't be stored. `warning`: worth checking."""
    message: str
    """What was found, and what is needed."""
    suggestion: str | None = None
    """The suggested value, if there is one."""


@dataclass(frozen=True)
class PersonCheck:
    """The result of checking one person as typed in."""

    person: dict[str, str | None]
    """The stored form of each field by key; None if it is blank or has an error."""
    problems: tuple[PersonProblem, ...]
    """The problems, errors first."""

    @property
    def has_errors(self) -> bool:
        """Whether the person can't be stored."""
        return any(problem.level == "error" for problem in self.problems)


def check_person(
    school: School, kind: RecordKind, texts: Mapping[str, str], today: date, person_id: str | None = None
) -> PersonCheck:
    """Check a person as typed in.

    Args:
        school: The school.
        kind: The kind of person.
        texts: The texts that were typed, by field key; a field that isn't in it is blank.
        today: The current date.
        person_id: The id of the person who is being changed; None for a new person.

    Raises:
        DataFolderError: The stored data can't be read.
    """
    stored = school.stored(kind)
    others = stored.filter(pl.col("id") != person_id) if person_id else stored
    typed = {field.key: field.typed(texts.get(field.key, "")) for field in kind.fields}
    raw = pl.DataFrame(
        {"row": [1], **{key: [text] for key, text in typed.items()}},
        schema={"row": pl.UInt32, **dict.fromkeys(kind.keys, pl.String)},
    )
    known = others
    if person_id:
        # A namesake's birth date and UPN say nothing about those of someone who is stored.
        own = [key for key in (DATE_OF_BIRTH.key, UPN.key) if key in others.columns]
        known = others.with_columns(pl.lit(None, pl.String).alias(key) for key in own)
    checked = check(replace(kind, findings=()), raw, school.context(today), known)  # One person is no file.
    person = checked.people.select(kind.keys).row(0, named=True)
    problems = [
        PersonProblem(problem["field"], problem["level"], problem["message"], problem["suggestion"])
        for problem in checked.problems.iter_rows(named=True)
    ]
    fields_with_errors = {problem.field for problem in problems if problem.level == "error"}
    problems += _possible_duplicates(kind, person, others, fields_with_errors)
    return PersonCheck(person, tuple(sorted(problems, key=lambda problem: problem.level)))


def check_person_change(
    school: School, kind: RecordKind, before: Person, texts: Mapping[str, str], today: date
) -> PersonCheck:
    """Check a change to some fields of a stored person.

    Only problems that the change would introduce are reported: existing problems mustn't prevent other corrections.

    Args:
        school: The school.
        kind: The kind of person.
        before: The person as stored, with their `id`.
        texts: The new texts as typed, by the keys of the fields that change.
        today: The current date.

    Raises:
        DataFolderError: The stored data can't be read.
    """
    shown = {field.key: field.to_show(before[field.key] or "") for field in kind.fields}
    new = check_person(school, kind, {**shown, **texts}, today, before["id"])
    has_others = any(problem.field not in texts for problem in new.problems)
    old = check_person(school, kind, shown, today, before["id"]) if has_others else new
    known = {(problem.field, problem.message) for problem in old.problems if problem.field not in texts}
    introduced = tuple(problem for problem in new.problems if (problem.field, problem.message) not in known)
    person = {key: new.person[key] if key in texts else before[key] for key in kind.keys}
    return replace(new, person=person, problems=introduced)


def _possible_duplicates(
    kind: RecordKind, person: Person, others: pl.DataFrame, fields_with_errors: Collection[str | None]
) -> list[PersonProblem]:
    """The problems that this person may be stored already, or shares an identifier with someone else."""
    problems: list[PersonProblem] = []
    identifier = kind.identifier
    if identifier.key not in fields_with_errors and _same(others, person, (identifier.key,)):
        message = f"This {identifier.label} belongs to someone else. Each {kind.singular} needs their own."
        problems.append(PersonProblem(identifier.key, "error", message))
    identity = [field.key for field in kind.identity]
    if _same(others, person, identity):
        message = (
            f"A {kind.singular} with this {listed(_words(kind, identity))} is already stored. "
            "Check whether they are the same person."
        )
        problems.append(PersonProblem(None, "warning", message))
    return problems


def _same(others: pl.DataFrame, person: Person, keys: Collection[str]) -> bool:
    """Whether someone else has the same values in these fields, ignoring case, and letters that only look the same."""
    values = {key: value for key in keys if (value := person[key])}
    if len(values) < len(keys):
        return False
    for key, value in values.items():  # one after the other, because each leaves few people for the next
        text, wanted = pl.col(key), as_it_looks(pl.lit(value))
        # ASCII looks like nothing else, so its length and its lower case tell, in a fraction of the time.
        is_ascii = text.str.len_bytes() == text.str.len_chars()
        likely = others.filter(~is_ascii | (text.str.len_bytes() == wanted.str.len_bytes()))
        likely = likely.filter(~is_ascii | (text.str.to_lowercase() == wanted))
        others = likely.filter(as_it_looks(text) == wanted)
    return not others.is_empty()


def _words(kind: RecordKind, keys: Collection[str]) -> list[str]:
    """The names of fields for a sentence; first name and surname together are `name`."""
    labels = ["name" if key in {"first_name", "surname"} else kind.label(key).lower() for key in keys]
    return list(dict.fromkeys(labels))
