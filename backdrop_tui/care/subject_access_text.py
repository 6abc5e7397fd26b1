"""Everything that is held about one person as text that can be handed over."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from backdrop_tui.people.leaver_list import file_in_words, leaving_in_words
from backdrop_tui.records.fields.dates import in_words
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.records.leaving import FILE_STATE, LEFT, STATUS
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.school.import_history import date_time_in_words

_ONLY_NAMED = "Named in its name, or in a row about someone else."
"""What a file has that has no row about the person."""
_UNREADABLE = "Has lines about this person, but can't be read as records. Open it to see them."
"""What a kept copy has of which no record can be shown."""


def subject_access_text(held: Mapping[str, Any], organisation: str, today: date) -> str:
    """What `held_about` returns as text: sections with headings, a line for each fact."""
    kind = KINDS[held["kind"]]
    lines = [f"Data held about one {kind.singular} by {organisation or 'the school'}, {in_words(today)}", ""]
    for title, section in (
        ("Record", _record(kind, held)),
        ("Former names and other former values", _former_values(kind, held)),
        ("History of changes", _history(kind, held)),
        ("Kept so that imports can be undone", _undo_data(kind, held)),
        ("Invitation", _invitation(held)),
        ("Answers about rows of files", _answers(held)),
        ("Lists of absent people", _lists(held)),
        ("Files being fixed (drafts)", _drafts(held)),
        ("Errors files", _files(held["errors_files"])),
        ("Messages in the outbox", _files(held["outbox"])),
        ("Typed in and not saved", _files(held["unsaved"])),
        ("Kept copies of older or damaged files", _files(held["copies"], _UNREADABLE)),
    ):
        lines += [title, *(f"  {line}" for line in [*section] or ["Nothing."]), ""]
    lines.append("The audit log says who has used this program and when, and nothing about anyone else.")
    if held["same_name"]:
        lines.append("Someone else has the same name. Check that nothing here is about them.")
    return "\n".join(lines)


def _record(kind: RecordKind, held: Mapping[str, Any]) -> Iterator[str]:
    person = held["record"]
    if person is None:
        yield "No longer stored."
        return
    yield f"ID: {person['id']}"
    yield from _values(kind, person)
    if person[STATUS] == LEFT:
        yield f"Status: {leaving_in_words(person)}"
        if FILE_STATE in person:
            yield f"Safeguarding file: {file_in_words(person)}"
    else:
        yield "Status: at the school"
    if held["notes"]["kept_because"]:
        yield f"Kept because: {held['notes']['kept_because']}"
    if held["notes"].get("departure_confirmed"):
        yield "Access confirmed as removed: yes"
    if held["notes"].get("is_lead"):
        yield "Named in the system settings as the safeguarding lead: yes"
    if held["notes"].get("is_account"):
        yield "Has the account of this program: yes. “backdrop log” shows what was done with it."


def _values(kind: RecordKind, person: Mapping[str, Any]) -> Iterator[str]:
    """The fields in which there is something, a line each."""
    yield from (
        f"{field.label}: {field.to_show(person[field.key])}" for field in kind.fields if person.get(field.key)
    )


def _former_values(kind: RecordKind, held: Mapping[str, Any]) -> Iterator[str]:
    for values in held["former_values"]:
        yield "; ".join(_values(kind, values))


def _history(kind: RecordKind, held: Mapping[str, Any]) -> Iterator[str]:
    for event in held["history"]:
        yield f"{date_time_in_words(event['when'])}, {event['from']}, by {event['by']}: {event['what']}"
        for change in event["changes"]:
            field = kind.by_key.get(change["field"])
            label = field.label if field else change["field"].replace("_", " ").capitalize()
            old, new = (
                (field.to_show(text) if field and text else text) or "blank"
                for text in (change["from"], change["to"])
            )
            yield f"  {label}: {old} → {new}"


def _undo_data(kind: RecordKind, held: Mapping[str, Any]) -> Iterator[str]:
    for each in held["undo_data"]:
        values = each["values"]
        yield f"{each['from']}: {'; '.join(_values(kind, values)) if values else 'added by it'}"


def _invitation(held: Mapping[str, Any]) -> Iterator[str]:
    if invitation := held["invitation"]:
        yield f"{invitation['state']}, to {invitation['address']}. {invitation['reason']}".rstrip()


def _answers(held: Mapping[str, Any]) -> Iterator[str]:
    for answer in held["answers"]:
        yield f"A row of {answer['from'] or 'an import'} was confirmed to be about this person."


def _lists(held: Mapping[str, Any]) -> Iterator[str]:
    for each in held["absence_lists"]:
        yield f"{each['list']}: {'; '.join(map(_facts, each['records'])) or 'listed by ID'}"


def _drafts(held: Mapping[str, Any]) -> Iterator[str]:
    for draft in held["drafts"]:
        yield draft["file"] or "Typed in by hand"
        if not draft["rows"]:
            yield f"  {_ONLY_NAMED}"
        for row in draft["rows"]:
            typed = [f"{each['field']}: {each['text']} (typed)" for each in row["typed"]]
            facts = [f"{name}: {text}" for name, text in row["cells"].items()]
            yield f"  Row {row['row']}: {'; '.join([*facts, *typed])}"


def _files(files: list[Mapping[str, Any]], without_rows: str = _ONLY_NAMED) -> Iterator[str]:
    for file in files:
        yield str(file["file"])
        if not file["found"]:
            yield f"  {without_rows}"
        for found in file["found"]:
            for line in _facts(found).splitlines():
                yield f"  {line}"


def _facts(found: Mapping[str, Any]) -> str:
    """Whatever was found, as `name: value; name: value`."""
    parts = []
    for name, value in found.items():
        if isinstance(value, Mapping):
            parts.append(_facts(value))
        elif value not in {None, ""}:
            parts.append(f"{str(name).replace('_', ' ')}: {value}")
    return "; ".join(parts)
