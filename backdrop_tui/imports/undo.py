"""Undo imports: the last one that changed something, as a whole, then the one before it."""

from dataclasses import dataclass, replace

from backdrop_tui.errors import BackdropError, DataFolderError, UnusableChoiceError
from backdrop_tui.imports.recovery import exclusive_import
from backdrop_tui.imports.undo_record import SettingChange, UndoRecord, is_as_stored, remove_undo_record
from backdrop_tui.imports.untold_undo import discard_stale_marks, mark_untold, untold_undo
from backdrop_tui.records.kinds import KINDS
from backdrop_tui.school import audit_log, text_input
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.event_logging import log_event
from backdrop_tui.school.former_values import forget_former_values, keep_former_values
from backdrop_tui.school.import_history import (
    ImportRecord,
    date_time_in_words,
    import_records,
    log_import,
    put_record,
    timestamp,
)
from backdrop_tui.school.kept_answers import forget_answers
from backdrop_tui.school.school import School
from backdrop_tui.school.stored_groups import remove_unused_groups
from backdrop_tui.wording import listed

_MOST_NAMES = 10
"""The number of people that a sentence names before it counts the others."""


@dataclass(frozen=True)
class EditedPerson:
    """Someone whom an import stored, and who has been edited by hand since."""

    id: str
    """Their id."""
    name: str
    """Their name as it is stored now."""


@dataclass(frozen=True)
class UndoPreview:
    """The import that would be undone, and what undoing it would do."""

    record: ImportRecord
    """The import."""
    removed: int
    """People added by it who are still stored, and would be removed."""
    restored: int
    """People changed by it who would get their former values back."""
    edited: tuple[EditedPerson, ...]
    """Those of them who have been edited by hand since; these edits would be lost."""
    erased: int = 0
    """People whom it concerned, and who have been erased since. They stay erased."""

    @property
    def in_words(self) -> list[str]:
        """What undoing it would do, in sentences to be confirmed."""
        record, kind = self.record, KINDS[self.record.kind]
        lines = [
            f"This will undo the whole of {record.in_words}, {date_time_in_words(record.started)}.",
            f"{kind.counted(self.removed)} will be removed, {self.restored:,} set back to what they were.",
        ]
        if self.erased:
            lines.append(f"{kind.counted(self.erased)} erased since will stay erased.")
        if self.edited:
            names = listed((person.name for person in self.edited), at_most=_MOST_NAMES)
            lines.append(f"These people have been edited since, and those changes would be lost: {names}.")
        return lines


@dataclass(frozen=True)
class UndoResult:
    """What undoing an import did."""

    record: ImportRecord
    """The import, as it is recorded now."""
    removed: int
    """People who were removed."""
    restored: int
    """People who got their former values back."""
    groups: tuple[str, ...]
    """User groups that were removed because the import had created them and nobody is in them any more."""
    erased: int = 0
    """People whom it concerned, and who have been erased since. They stay erased."""
    was_finished: bool = False
    """Whether an earlier undo had done all that before it was interrupted, and this one did nothing."""

    @property
    def in_words(self) -> list[str]:
        """What was undone: `2 students removed, 1 set back.`, and more sentences if there is more to say."""
        kind = KINDS[self.record.kind]
        lines = [f"{kind.counted(self.removed)} removed, {self.restored:,} set back."]
        if self.erased:
            has, stays = ("has", "stays") if self.erased == 1 else ("have", "stay")
            lines.append(f"{kind.counted(self.erased)} {has} been erased since, and {stays} erased.")
        if self.groups:
            lines.append(f"User groups removed with it: {listed(self.groups)}.")
        return lines


class EditedSinceError(BackdropError):
    """Undoing an import would lose edits made by hand since; nothing was changed."""

    title = "People have been edited since"

    def __init__(self, preview: UndoPreview) -> None:
        count = len(preview.edited)
        people = f"{KINDS[preview.record.kind].counted(count)} {'has' if count == 1 else 'have'}"
        super().__init__(
            f"{people} been edited since {preview.record.in_words}, and undoing it would lose those edits. "
            "Nothing was changed."
        )
        self.preview = preview
        """What undoing it would do, and who has been edited."""


def preview_undo(school: School) -> UndoPreview | None:
    """Work out what undoing the last import would do; None if there is nothing to undo.

    Raises:
        DataFolderError: The undo record can't be read.
    """
    record = _last_import(school)
    if record is None or not record.can_be_undone:
        return None
    return _preview(school, record, _undo_record(school, record))


def undo(school: School, *, force: bool = False, only: str | None = None) -> UndoResult:
    """Undo the last import that changed something: all of it, or nothing.

    People whom it added are removed, and people whom it changed get their former values back. Anyone who has been removed
    by hand since stays removed.

    If the user was never told that an earlier undo had finished, because it was interrupted after that, nothing more is undone.
    So an undo that is interrupted and asked for again never undoes two imports.

    Args:
        school: The school.
        force: Undo it even if people have been edited by hand since.
        only: The id of the import to undo. If another import is the last one by now, nothing is undone.

    Raises:
        UnusableChoiceError: There is nothing to undo, its undo data has been removed, or another import is the last one by now.
        EditedSinceError: People have been edited by hand since.
        DataFolderError: It can't be undone.
    """
    if not import_records(school):
        raise _nothing_to_undo()
    with exclusive_import(school), school.store.transaction():
        discard_stale_marks(school)
        if (interrupted := untold_undo(school, only)) is not None:
            return UndoResult(interrupted, 0, 0, (), was_finished=True)
        record = _import_to_undo(school, only)
        undo_record = _undo_record(school, record)
        preview = _preview(school, record, undo_record)
        if preview.edited and not force:
            raise EditedSinceError(preview)
        mark_untold(school, record)
        people = school.store.people(record.kind)
        stored = people.frame()
        removed = undo_record.added_ids(stored).to_list()
        forget_answers(school, people=removed, import_id=record.id)
        forget_former_values(school, removed)
        restored = undo_record.restored(stored)
        people.apply(changed=restored, removed=removed)
        keep_former_values(school, stored, restored)
        if undo_record.academic_year is not None:
            _restore_academic_year(school, undo_record.academic_year)
        removed_groups = remove_unused_groups(school, record.groups)
        undone = replace(
            record,
            state="undone",
            message="",
            undone=timestamp(),
            undone_by=audit_log.os_user(),
        )
        put_record(school, undone)
        remove_undo_record(school, record.id)
        log_import(school, record, Event.IMPORT_UNDONE)
    return UndoResult(undone, preview.removed, preview.restored, removed_groups, undo_record.erased)


def _import_to_undo(school: School, only: str | None) -> ImportRecord:
    """The import to undo, which has to be the last one that can be undone."""
    record = _last_import(school)
    if record is None:
        raise _nothing_to_undo()
    if only in {None, record.id}:
        if record.undo_removed:
            raise _undo_data_gone(record)
        return record
    asked_for = next((each for each in import_records(school) if each.id == only), None)
    if asked_for is None:
        raise UnusableChoiceError(
            f"There is no import {text_input.quoted(only or '')}. "
            f"The last one that can be undone is {record.id}, the import of {record.source}."
        )
    if asked_for.state == "undone":
        raise UnusableChoiceError(_sentence(f"{asked_for.in_words} has already been undone."))
    if asked_for.undo_removed:
        raise _undo_data_gone(asked_for)
    if not asked_for.can_be_undone:
        raise UnusableChoiceError(
            _sentence(f"{asked_for.in_words} changed nothing, so there is nothing to undo.")
        )
    raise UnusableChoiceError(
        _sentence(f"{record.in_words} ({record.id}) has finished since. Undo that first.")
    )


def _last_import(school: School) -> ImportRecord | None:
    """The last import that changed something and is not undone. Those before it can't be undone before it is."""
    return next((record for record in import_records(school) if record.changed_something), None)


def _restore_academic_year(school: School, change: SettingChange) -> None:
    """Give the setting of the academic year its former value, unless it has been changed since."""
    if str(school.settings.stored_value("academic-year")) == change.after:
        school.settings.put("academic-year", change.before)
        log_event(school, Event.SETTING_CHANGED, about="academic-year")


def _sentence(text: str) -> str:
    return text[0].upper() + text[1:]


def _undo_data_gone(record: ImportRecord) -> UnusableChoiceError:
    return UnusableChoiceError(
        _sentence(
            f"{record.in_words} can't be undone, and neither can those before it: "
            f"what is needed for that was removed on {date_time_in_words(record.undo_removed)}."
        )
    )


def _nothing_to_undo() -> UnusableChoiceError:
    return UnusableChoiceError("There is no import to undo.")


def _preview(school: School, record: ImportRecord, undo_record: UndoRecord) -> UndoPreview:
    people = school.store.people(record.kind).frame()
    edited = undo_record.edited_since(people).select("id", "first_name", "surname")
    return UndoPreview(
        record,
        removed=len(undo_record.added_ids(people)),
        restored=undo_record.restored(people).height,
        edited=tuple(
            EditedPerson(person_id, " ".join(filter(None, names))) for person_id, *names in edited.iter_rows()
        ),
        erased=undo_record.erased,
    )


def _undo_record(school: School, record: ImportRecord) -> UndoRecord:
    undo_record = UndoRecord.find(school, record.id)
    if undo_record is None:
        raise DataFolderError(
            f"The undo data of {record.in_words} is missing in {school.store.where}, so it can't be undone."
        )
    if not is_as_stored(school, record.id):
        raise DataFolderError(
            f"The undo data of {record.in_words} is not as it was stored, so it can't be undone. "
            "Restore it from a backup, or run “backdrop verify-data”."
        )
    return undo_record
