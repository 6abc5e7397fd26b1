"""Everything that is held about one person, to be handed over on request (article 15 of the UK GDPR)."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from backdrop_tui.care.erase import Traces, look_for
from backdrop_tui.care.traces.data_subject import DataSubject
from backdrop_tui.care.traces.file_traces import FileTrace, Place
from backdrop_tui.care.traces.known_versions import data_subject, undo_records
from backdrop_tui.care.traces.searching import JsonWithout
from backdrop_tui.imports.undo_record import UndoRecord
from backdrop_tui.people.invitation_results import invitation_of
from backdrop_tui.records.schema.row_names import ROWS_PER_FILE
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.event_logging import log_event
from backdrop_tui.school.former_values import former_values
from backdrop_tui.school.import_history import ImportRecord, import_records
from backdrop_tui.school.kept_answers import answers_about
from backdrop_tui.school.leaver_notes import confirmed_departures, reason_to_keep
from backdrop_tui.school.school import School

Held = dict[str, Any]
"""What is held about someone, as JSON can have it."""


def held_about(school: School, person_id: str) -> Held:
    """Collect everything that is held about one person, and note in the audit log that it was collected.

    Args:
        school: The school.
        person_id: The person's id.

    Returns:
        `id`, `kind`, `record` (by key; None if the person is only in undo data or the like), `notes`, `former_values`, `history`,
        `undo_data`, `invitation`, `answers`, `absence_lists`, `drafts`, `errors_files`, `outbox`, `unsaved`, `copies` and `same_name`.

    Raises:
        UnknownPersonError: Nothing is stored about anyone with this id.
        DataFolderError: What is stored can't be read, or the log can't be written.
    """
    subject = data_subject(school, person_id)
    traces = look_for(school, [person_id])
    held = _held(school, subject, traces)
    log_event(school, Event.SUBJECT_ACCESS, about=subject.kind.name)
    return held


def _held(school: School, subject: DataSubject, traces: Traces) -> Held:
    record = school.store.people(subject.kind.name).get(subject.id)
    changed = [
        (each, undo)
        for each, undo in undo_records(school)
        if undo is not None and each.kind == subject.kind.name and subject.id in undo.ids
    ]
    invitation = invitation_of(school, subject.id)
    return {
        "id": subject.id,
        "kind": subject.kind.name,
        "record": record,
        "notes": _notes(school, subject, traces),
        "former_values": list(_former_values(school, subject, record)),
        "history": list(_history(subject, record, changed[::-1])),
        "undo_data": list(_undo_data(subject, changed)),
        "invitation": asdict(invitation) if invitation else None,
        "answers": list(_answers(school, subject)),
        "absence_lists": list(_absence_lists(school, subject)),
        "drafts": list(_drafts(traces)),
        "errors_files": _in_files(traces, "errors-file"),
        "outbox": _in_files(traces, "outbox"),
        "unsaved": _in_files(traces, "unsaved"),
        "copies": _in_files(traces, "copy"),
        "same_name": len(subject.namesakes),
    }


def _notes(school: School, subject: DataSubject, traces: Traces) -> Held:
    departures = confirmed_departures(school)
    notes: Held = {"kept_because": reason_to_keep(school, subject.id) or None}
    if subject.kind.name == "staff":
        notes["departure_confirmed"] = subject.id in departures
        notes |= {"is_lead": traces.stored.is_lead, "is_account": traces.stored.is_account}
    return notes


def _former_values(school: School, subject: DataSubject, record: Mapping[str, Any] | None) -> Iterator[Held]:
    """What the person was called before changes by hand, and before imports that can't be undone any more."""
    for version in former_values(school):
        values = {key: value for key, value in version.items() if key != "id"}
        if version["id"] == subject.id and any(values[key] != (record or {}).get(key) for key in values):
            yield values


def _values_before(subject: DataSubject, undo_record: UndoRecord) -> Mapping[str, Any] | None:
    """What was stored of the person before an import; None if it didn't change them."""
    before = undo_record.before
    return next(before.filter(before["id"] == subject.id).iter_rows(named=True), None)


def _history(
    subject: DataSubject, record: Mapping[str, Any] | None, imports: list[tuple[ImportRecord, UndoRecord]]
) -> Iterator[Held]:
    """What imports did to the person, the oldest first. Changes by hand are among those of the import before them."""
    states = [_values_before(subject, undo_record) for _, undo_record in imports]
    for place, (each, undo_record) in enumerate(imports):
        after = next((state for state in states[place + 1 :] if state is not None), record)
        before = states[place]
        is_added = subject.id in set(undo_record.added["id"])
        yield {
            "when": each.finished or each.started,
            "by": each.done_by,
            "import": each.id,
            "from": each.source,
            "what": "added" if is_added else "changed",
            "changes": _changes(before, after) if before is not None and after is not None else [],
        }


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Held]:
    return [
        {"field": key, "from": before.get(key), "to": after.get(key)}
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    ]


def _undo_data(subject: DataSubject, imports: list[tuple[ImportRecord, UndoRecord]]) -> Iterator[Held]:
    for each, undo_record in imports:
        yield {"import": each.id, "from": each.source, "values": _values_before(subject, undo_record)}


def _answers(school: School, subject: DataSubject) -> Iterator[Held]:
    """The imports in which a user has said that a row is about the person."""
    sources = {record.id: record.source for record in import_records(school)}
    for answer in answers_about(school, [subject.id]):
        import_id = str(answer.get("import", ""))
        yield {"import": import_id, "from": sources.get(import_id)}


def _absence_lists(school: School, subject: DataSubject) -> Iterator[Held]:
    """Lists of people who were not in a file, which earlier versions kept."""
    for document in school.store.table("absent").all():
        cleaner = JsonWithout([subject])
        if cleaner.clean(document) != document:
            yield {"list": document["key"], "records": cleaner.removed}


def _drafts(traces: Traces) -> Iterator[Held]:
    for draft in traces.drafts:
        rows = [
            {
                "row": row.row % ROWS_PER_FILE,
                "cells": row.cells,
                "typed": [{"field": field, "text": text} for field, text in row.typed],
            }
            for row in draft.rows
        ]
        yield {"draft": draft.folder.name, "file": draft.file or None, "rows": rows}


def _in_files(traces: Traces, place: Place) -> list[Held]:
    return [_file(trace) for trace in traces.files if trace.place == place]


def _file(trace: FileTrace) -> Held:
    return {"file": trace.path.name, "found": [dict(excerpt) for excerpt in trace.excerpts]}
