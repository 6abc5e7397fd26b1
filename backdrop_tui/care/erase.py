"""Erasing people: from the store, undo data, drafts, the outbox, errors files, kept copies, and whatever else is in the data folder.

The files come first and the store last. So if it is interrupted before the store has changed, everything is still known that is
needed to do it again; and if it is interrupted after that, nothing is left to do but to put the files of the store in their final form.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass

from backdrop_tui.care.erase_check import files_left
from backdrop_tui.care.erase_store import StoredTraces, erase_stored, stored_traces
from backdrop_tui.care.traces.data_subject import DataSubject
from backdrop_tui.care.traces.draft_traces import DraftTrace, draft_traces, lock_of
from backdrop_tui.care.traces.file_traces import FileTrace, Place, file_traces
from backdrop_tui.care.traces.known_versions import UnknownPersonError, data_subjects
from backdrop_tui.errors import DataFolderError
from backdrop_tui.imports.recovery import exclusive_import
from backdrop_tui.intake.draft.draft_folder import remove_remains
from backdrop_tui.school.audit_log import Event
from backdrop_tui.school.erased_people import erased_people, note_erased
from backdrop_tui.school.event_logging import log_event
from backdrop_tui.school.school import School
from backdrop_tui.steps.listing import REVIEW_SETTINGS
from backdrop_tui.steps.locks import require_unlocked
from backdrop_tui.store.files import translating_os_errors


class UnfinishedErasureError(DataFolderError):
    """People are no longer stored, but the files of the store could not be put in their final form."""

    title = "Erasing isn't finished yet"

    def __init__(self, error: DataFolderError) -> None:
        super().__init__(
            f"They are no longer stored, but some of their data may still be on the disk: {error.message} "
            "Erase them again to finish it."
        )


@dataclass(frozen=True)
class Traces:
    """Everything that is stored about some people."""

    subjects: tuple[DataSubject, ...]
    """The people."""
    stored: StoredTraces
    """What the store has about them."""
    drafts: tuple[DraftTrace, ...]
    """What drafts have."""
    files: tuple[FileTrace, ...]
    """What other files have."""

    def number_in(self, place: Place) -> int:
        """The number of files of one kind that have something about them."""
        return sum(trace.place == place for trace in self.files)

    @property
    def rows_under_other_names(self) -> int:
        """The number of rows that are taken to be theirs although they have none of their names that are known as a whole."""
        rows = [
            [*row.cells.values(), *(text for _, text in row.typed)]
            for draft in self.drafts
            for row in draft.rows
        ]
        rows += [
            [*excerpt["cells"].values()]
            for file in self.files
            for excerpt in file.excerpts
            if "cells" in excerpt
        ]
        texts = map("\n".join, rows)
        return sum(
            not any(subject.mentions.is_called_in(text) for subject in self.subjects) for text in texts
        )


@dataclass(frozen=True)
class Receipt:
    """What was erased, in numbers."""

    people: int = 0
    """People removed, or about whom there was only undo data."""
    undo_data: int = 0
    """Imports whose undo data had something about them."""
    undo_lost: int = 0
    """Imports that can't be undone any more, because their undo data was damaged."""
    drafts: int = 0
    """Drafts that go on without the rows about them."""
    draft_rows: int = 0
    """Rows in these drafts."""
    drafts_removed: int = 0
    """Drafts that were removed as a whole."""
    errors_files: int = 0
    """Errors files that had something about them."""
    messages: int = 0
    """Messages removed from the outbox."""
    unsaved: int = 0
    """Texts removed that were typed and not saved."""
    copies: int = 0
    """Kept copies of older or damaged files that had something about them."""
    notes: int = 0
    """Notes, answers, results of invitations and settings removed."""
    other_names: int = 0
    """Rows of drafts and errors files that were taken to be theirs under another name."""
    namesakes: int = 0
    """Other people who have the same name, and about whom everything stays."""
    left: tuple[str, ...] = ()
    """Files in the data folder that aren't this program's own and still have something about them."""
    was_interrupted: bool = False
    """Whether an earlier command had removed them from the store, and this one only finished it."""
    was_done: bool = False
    """Whether they had been erased before, so that nothing was left to do."""


def look_for(school: School, ids: Collection[str]) -> Traces:
    """Look for everything that is stored about people. Nothing is changed.

    Raises:
        NewerFormatError: A newer version saved a file.
        DataFolderError: What is stored can't be read.
    """
    subjects = data_subjects(school, ids)
    return Traces(
        tuple(subjects),
        stored_traces(school, subjects),
        tuple(draft_traces(school.folder, subjects)),
        tuple(file_traces(school.folder, subjects)),
    )


def erase(school: School, ids: Collection[str], event: Event = Event.ERASED) -> Receipt:
    """Erase people: nothing in the data folder is about them any more.

    Args:
        school: The school.
        ids: The people's ids. Those about whom nothing is stored are skipped, as long as there is anyone else.
        event: What is noted in the audit log, with numbers only.

    Raises:
        UnknownPersonError: Nothing is stored about any of them.
        UnfinishedErasureError: They are no longer stored, but their data may still be on the disk.
        LockedError: Nobody has signed up yet.
        DraftInUseError: A draft that is about them is open elsewhere; nothing was changed.
        InUseError: An import is running; nothing was changed.
        DataFolderError: It can't be done as a whole. Done again, it goes on.
    """
    require_unlocked(school, REVIEW_SETTINGS)
    with exclusive_import(school), ExitStack() as locks:
        remove_remains(school.folder)
        # Copies of files that another program has changed are kept when the store is put in order: now, so that they are found.
        school.store.compact()
        traces = look_for(school, ids)
        if not traces.subjects:
            return _already_erased(school, ids)
        for draft in traces.drafts:
            locks.callback(lock_of(draft).release)
        for draft in traces.drafts:
            draft.scrub()
        for file in traces.files:
            file.scrub()
        erased = {subject.id for subject in traces.subjects}
        unfinished = _unfinished(school, ids)
        with school.store.transaction():
            lost = erase_stored(school, traces.subjects)
            note_erased(school, erased, is_finished=False)
            _note(school, traces, event)
        try:
            with translating_os_errors(school.folder.path):
                school.store.compact()
                for file in file_traces(school.folder, traces.subjects):
                    file.scrub()
                school.store.compact()  # what could not be put in place before is now
                left = tuple(files_left(school.folder, traces.subjects))
        except DataFolderError as error:
            raise UnfinishedErasureError(error) from error
        _note_finished(school, erased | unfinished)
        return _receipt(traces, lost, left)


def _already_erased(school: School, ids: Collection[str]) -> Receipt:
    """Finish what was interrupted after people had been removed from the store, which is in its final form by now."""
    if not erased_people(school).among(ids):
        raise UnknownPersonError(next(iter(ids), ""))
    unfinished = _unfinished(school, ids)
    _note_finished(school, unfinished)
    return Receipt(was_interrupted=bool(unfinished), was_done=not unfinished)


def _unfinished(school: School, ids: Collection[str]) -> set[str]:
    """Those of some people whose erasure was interrupted after they had been removed from the store."""
    noted = erased_people(school)
    return {each for each in noted.among(ids) if noted.is_unfinished(each)}


def _note_finished(school: School, ids: Collection[str]) -> None:
    """Note that nothing is left of people. If that can't be stored, it is so all the same, and noted when it is asked for again."""
    if ids:
        with suppress(DataFolderError):
            note_erased(school, ids, is_finished=True)


def _note(school: School, traces: Traces, event: Event) -> None:
    """Note in the audit log how many people were erased, and from how many drafts, files and imports."""
    log_event(
        school,
        event,
        removed=len(traces.subjects),
        drafts=len(traces.drafts),
        files=len(traces.files),
        imports=traces.stored.undo_data,
    )


def _receipt(traces: Traces, lost: int, left: Sequence[str]) -> Receipt:
    kept = [draft for draft in traces.drafts if not draft.is_removed]
    return Receipt(
        people=len(traces.subjects),
        undo_data=traces.stored.undo_data,
        undo_lost=lost,
        drafts=len(kept),
        draft_rows=sum(len(draft.rows) for draft in kept),
        drafts_removed=len(traces.drafts) - len(kept),
        errors_files=traces.number_in("errors-file"),
        messages=traces.number_in("outbox"),
        unsaved=traces.number_in("unsaved"),
        copies=traces.number_in("copy") + traces.number_in("temporary"),
        notes=traces.stored.notes,
        other_names=traces.rows_under_other_names,
        namesakes=len(set(_namesakes(traces.subjects))),
        left=tuple(left),
    )


def _namesakes(subjects: Sequence[DataSubject]) -> Iterator[str]:
    for subject in subjects:
        yield from (str(other["id"]) for other in subject.namesakes)
