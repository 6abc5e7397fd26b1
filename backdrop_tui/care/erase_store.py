"""What the store has about people besides drafts and files, and the store without it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import polars as pl

from backdrop_tui.care.retention_removal import remove_undo_data
from backdrop_tui.care.traces.data_subject import DataSubject
from backdrop_tui.care.traces.known_versions import undo_records
from backdrop_tui.care.traces.searching import redacted
from backdrop_tui.people.invitation_results import invitations, restore_invitation
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school.former_values import forget_former_values
from backdrop_tui.school.import_history import import_records, put_record
from backdrop_tui.school.kept_answers import answers_about, forget_answers
from backdrop_tui.school.leaver_notes import (
    confirmed_departures,
    forget_notes,
    keep_record,
    kept_records,
)
from backdrop_tui.school.school import School

_LEAD = ("lead-name", "lead-email")


@dataclass(frozen=True)
class StoredTraces:
    """What the store has about people."""

    undo_data: int
    """The number of imports whose undo data has something about them."""
    undo_damaged: int
    """The number of imports whose undo data can't be read, so that it would be removed, and what came before it too."""
    notes: int
    """The number of notes, answers, results of invitations and settings."""
    is_lead: bool
    """Whether one of them is named in the settings as the safeguarding lead."""
    is_account: bool
    """Whether the account is in the name of one of them. It stays: it is whoever set this up."""


def stored_traces(school: School, subjects: Sequence[DataSubject]) -> StoredTraces:
    """What the store has about people. Raises `DataFolderError` if it can't be read."""
    if not subjects:
        return StoredTraces(0, 0, 0, is_lead=False, is_account=False)
    ids = {subject.id for subject in subjects}
    records = list(undo_records(school))
    lead = _lead_settings(school, subjects)
    account = school.store.table("account").get("account") or {}
    texts = [str(account.get(key, "")) for key in ("name", "email")]
    return StoredTraces(
        undo_data=sum(undo is not None and bool(undo.ids & ids) for _, undo in records),
        undo_damaged=sum(undo is None for _, undo in records),
        notes=_number_of_notes(school, ids) + len(answers_about(school, ids)) + len(lead),
        is_lead=bool(lead),
        is_account=any(_names_anyone(text, subjects) for text in texts),
    )


def erase_stored(school: School, subjects: Sequence[DataSubject]) -> int:
    """Remove people from the store. Only inside a transaction.

    Undo data goes, too, that is about people who are no longer stored for another reason.

    Returns:
        The number of imports that can't be undone any more, because their undo data was damaged or came before such.

    Raises:
        DataFolderError: It can't be done.
    """
    ids = [subject.id for subject in subjects]
    for setting in _lead_settings(school, subjects):
        school.settings.put(setting, "")
    for kind in KINDS.values():
        people = school.store.people(kind.name)
        stored = people.frame()
        people.apply(removed=stored.filter(pl.col("id").is_in(ids))["id"].to_list())
    forget_answers(school, people=ids)
    forget_former_values(school, ids)
    for each in ids:
        forget_notes(school, each)
        restore_invitation(school, each, None)
    _redact_texts(school, subjects)
    return _erase_undo_data(school, ids)


def _erase_undo_data(school: School, ids: Collection[str]) -> int:
    damaged = None
    for record, undo_record in undo_records(school):
        if undo_record is None:
            damaged = damaged or record
            continue
        gone = undo_record.ids - set(school.store.people(record.kind).frame()["id"])
        if gone:
            undo_record.without(gone, erased=ids).put(school, record.id)
    if damaged is None:
        return 0
    records = import_records(school)
    return remove_undo_data(school, {record.id for record in records[records.index(damaged) :]})


def _number_of_notes(school: School, ids: set[str]) -> int:
    """How many confirmed departures, reasons to keep a record and results of invitations are about people."""
    noted = (confirmed_departures(school), kept_records(school), invitations(school))
    return sum(len(ids & notes.keys()) for notes in noted)


def _lead_settings(school: School, subjects: Sequence[DataSubject]) -> list[str]:
    """The settings that name one of the people as the safeguarding lead."""
    return [name for name in _LEAD if _names_anyone(school.settings.text(name) or "", subjects)]


def _names_anyone(text: str, subjects: Sequence[DataSubject]) -> bool:
    """Whether a text is the e-mail address or the whole name of a member of staff among the people."""
    staff = (subject for subject in subjects if subject.kind is KINDS["staff"])
    return any(redacted(text, [subject], kind="value") != text for subject in staff)


def _redact_texts(school: School, subjects: Sequence[DataSubject]) -> None:
    """Replace the people's names in texts about something else: names of files, reasons to keep other people's records."""
    for record in import_records(school):
        changed = replace(
            record,
            file=redacted(record.file, subjects, kind="file-name"),
            errors_file=redacted(record.errors_file, subjects, kind="file-name"),
            errors_folder=redacted(record.errors_folder, subjects, kind="file-name"),
            message=redacted(record.message, subjects),
        )
        if changed != record:
            put_record(school, changed)
    table = school.store.table("places")
    picked = table.get("picked")
    folder = str(picked.get("folder", "")) if picked is not None else ""
    if redacted(folder, subjects, kind="file-name") != folder:
        table.remove("picked")
    for person_id, reason in kept_records(school).items():
        if (new := redacted(reason, subjects)) != reason:
            keep_record(school, person_id, new)
