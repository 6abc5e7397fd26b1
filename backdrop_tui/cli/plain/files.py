"""Picking a file, or a draft to carry on with, and taking it through all stages."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from backdrop_tui.cli.plain.by_hand import type_in
from backdrop_tui.cli.plain.check import check_and_complete
from backdrop_tui.cli.plain.columns import match_columns
from backdrop_tui.cli.plain.dialogue import GOING_BACK, Action
from backdrop_tui.cli.plain.fixing.put_right import put_right
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.errors import BackdropError, UnusableFileError, rollback_on_error
from backdrop_tui.imports.pipeline import match
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.draft_folder import discard_draft
from backdrop_tui.intake.draft.draft_listing import ListedDraft, open_drafts
from backdrop_tui.intake.draft.sources import LostSourceError, SourceFile, changed_since_picked
from backdrop_tui.intake.output.export import template
from backdrop_tui.intake.reading.source import load
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.staff import STAFF
from backdrop_tui.school.import_history import date_time_in_words
from backdrop_tui.steps.listing import step_adding
from backdrop_tui.steps.locks import require_unlocked
from backdrop_tui.steps.marks import skip_staff
from backdrop_tui.store.access import make_private, others_can_read
from backdrop_tui.wording import counted, listed

_SUFFIXES = (".csv", ".txt", ".tsv")
_MOST_FILES = 50


def discard(session: Session) -> None:
    """Ask which of the drafts is to be discarded, and discard it after a question."""
    listed_drafts = open_drafts(session.school.folder)
    choice = session.dialogue.choose(
        "What do you want to discard?", [in_words(draft) for draft in listed_drafts]
    )
    if choice is None:
        return
    question = (
        f"Discard {in_words(listed_drafts[choice])}? Anything that you have fixed or typed in there will be lost. "
        "The CSV file and the people already stored stay as they are."
    )
    if session.dialogue.confirm(question):
        discard_draft(session.school.folder, listed_drafts[choice].id)
        session.dialogue.say("It has been discarded.")


def in_words(draft: ListedDraft) -> str:
    """A draft inside a sentence: `pupils.csv, students, started 3 March 2026 at 14:05`."""
    if draft.facts is None:
        what = "part of a draft"
    elif draft.facts.by_hand:
        what = f"{draft.facts.kind} by hand"
    else:
        what = f"{draft.facts.file}, {draft.facts.kind}"
    notes = [f"started {date_time_in_words(draft.started)}", *(["damaged"] if draft.is_damaged else [])]
    return ", ".join([what, *notes])


def add_people(session: Session, kind: RecordKind) -> None:
    """Ask for a file of students or staff, and import it."""
    require_unlocked(session.school, step_adding(kind))
    dialogue = session.dialogue
    while True:
        files = _files_in(session.folder)
        actions: list[Action] = [(path.name, partial(_import, session, kind, [path])) for path in files]
        actions += _other_ways(session, kind)
        where = f"Choose a CSV file of {kind.plural}. These are in {session.folder}:"
        title = where if files else f"No CSV files are in {session.folder}."
        action = dialogue.choose_action(title, actions)
        if action is None:
            return
        with session.telling_errors():
            if action() is True:
                return


def _other_ways(session: Session, kind: RecordKind) -> list[Action]:
    """What can be done besides choosing one of the files that are listed."""
    ways: list[Action] = [
        ("Type the path of another file", partial(_import_from_path, session, kind)),
        ("Choose several files with the same headings", partial(_import_several, session, kind)),
        (f"Add {kind.plural} by hand", partial(_add_by_hand, session, kind)),
        (
            f"Save an empty file for {kind.plural}, with the right headings",
            partial(session.dialogue.save_file, f"{kind.name}-template.csv", partial(template, kind)),
        ),
    ]
    return [*ways, ("Skip staff: add them later", partial(_skip, session))] if kind is STAFF else ways


def _import_from_path(session: Session, kind: RecordKind) -> bool:
    path = session.dialogue.text("Type the path of the file.", _existing_file, leaving=GOING_BACK)
    return path is not None and _import(session, kind, [path])


def _import_several(session: Session, kind: RecordKind) -> bool:
    """Ask for files one after the other, and take them through all stages as one."""
    chosen: list[Path] = []
    while True:
        names = f"Chosen so far: {listed(path.name for path in chosen)}. Choose another." if chosen else ""
        actions: list[Action] = [
            (path.name, partial(chosen.append, path))
            for path in _files_in(session.folder)
            if not _is_among(path, chosen)
        ]
        actions.append(("Type the path of another file", partial(_choose_path, session, chosen)))
        if len(chosen) > 1:
            actions.append((f"That is all: read {counted(len(chosen), 'file')} as one", lambda: True))
        title = names or f"Choose the first file of {kind.plural}."
        action = session.dialogue.choose_action(title, actions, back="Go back and choose none of them")
        if action is None:
            return False
        if action() is True:
            return _import(session, kind, chosen)


def _choose_path(session: Session, chosen: list[Path]) -> None:
    """Ask for the path of a file, and add it to those chosen unless it is among them."""
    path = session.dialogue.text("Type the path of the file.", _existing_file, leaving=GOING_BACK)
    if path is None:
        return
    if _is_among(path, chosen):
        session.dialogue.say(f"{path.name} has been chosen already.")
    else:
        chosen.append(path)


def _is_among(path: Path, others: Sequence[Path]) -> bool:
    """Whether a path leads to one of several files."""
    return path.resolve() in {other.resolve() for other in others}


def _add_by_hand(session: Session, kind: RecordKind) -> bool:
    """Ask for people one at a time, and take them through all stages. Returns whether that is done."""
    return _go_through(session, Draft.create(session.school.folder, kind, [], session.now))


def _skip(session: Session) -> bool:
    skip_staff(session.school)
    session.dialogue.say("Staff are skipped. You can add them at any time.")
    return True


def carry_on(session: Session, listed: ListedDraft) -> None:
    """Open a draft, and carry on where it was left."""
    with session.telling_errors():
        draft = _opened_with_its_files(session, listed)
        if draft is None:
            return
        if draft.warning:
            session.dialogue.say("", draft.warning)
        if notice := changed_since_picked(draft.folder, draft.facts):
            session.dialogue.say("", notice)
        _go_through(session, draft)


def _opened_with_its_files(session: Session, listed: ListedDraft) -> Draft | None:
    """Open a draft, after asking for each file that it has lost; None if the user doesn't give one."""
    files: list[SourceFile] = []
    while True:
        try:
            return _opened(session, listed, files)
        except LostSourceError as error:
            if not error.can_be_put_back:
                raise
            path = session.dialogue.text(
                f"{error.message} Type the path of the file.", _existing_file, leaving=GOING_BACK
            )
            if path is None:
                return None
            files = [SourceFile.at(path, load(path))]


def _opened(session: Session, listed: ListedDraft, files: Sequence[SourceFile] = ()) -> Draft:
    """Open a draft and read its file."""
    draft = Draft.open(session.school.folder, listed.id, files)
    with rollback_on_error(draft.close):
        _ = draft.matching  # reads the file, which may be lost
    return draft


def _import(session: Session, kind: RecordKind, paths: Sequence[Path]) -> bool:
    """Take files through all stages, read as one. Returns whether that is done, so that no other file is to be chosen."""
    for path in paths:
        _offer_privacy(session, path)
    files = [SourceFile.at(path, load(path)) for path in paths]
    draft = Draft.create(session.school.folder, kind, files, session.now)
    with rollback_on_error(draft.discard_if_possible):
        draft.save_matching(match(session.school, kind, draft.sheet))
    with suppress(BackdropError):  # the folder is only a convenience for the next start
        session.school.remember_folder(paths[0].absolute().parent)
    return _go_through(session, draft)


def _go_through(session: Session, draft: Draft) -> bool:
    """Match or type in, put right, check and complete, going back and forth. Returns whether the draft was completed."""
    by_hand = draft.facts.by_hand
    stages = ["fix" if by_hand else "match", "fix", "preview"]
    place = stages.index(draft.facts.stage)
    completed = False
    try:
        while 0 <= place < len(stages):
            draft.save_facts(stage=stages[place])
            stage = (type_in if by_hand else match_columns, put_right, check_and_complete)[place]
            place += 1 if stage(session, draft) else -1
        completed = place == len(stages)
    finally:
        if not completed:
            _leave(session, draft, is_going_back=place < 0)
    return completed


def _leave(session: Session, draft: Draft, *, is_going_back: bool) -> None:
    """Close a draft and keep it, unless the user has gone back from a file and has done nothing with it, or typed in nobody."""
    if (is_going_back or draft.facts.by_hand) and draft.can_be_replaced:
        draft.discard_if_possible()
        return
    draft.close()
    if is_going_back:
        changes = counted(len(draft.edits.done), "change")
        kept = f"{draft.facts.file} is kept, with {changes}."
        if draft.facts.by_hand:
            kept = f"What you have typed in is kept: {draft.kind.counted(len(draft.edits.added))}."
        session.dialogue.say(f"{kept} You can carry on with it, here or in the app.")


def _offer_privacy(session: Session, path: Path) -> None:
    """Offer to make a file private that other users of this computer can read."""
    question = f"Other users of this computer can read {path.name}. Make it private, so that only you can?"
    if others_can_read(path) and session.dialogue.confirm(question):
        make_private(path)


def _files_in(folder: Path) -> Sequence[Path]:
    """The files in a folder that can be CSV files, by name."""
    try:
        files = [path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES and path.is_file()]
    except OSError:
        return []
    return sorted(files, key=lambda path: path.name.casefold())[:_MOST_FILES]


def _existing_file(text: str) -> Path:
    """The file that a path leads to. Raises `UnusableFileError` if there is none."""
    try:
        path = Path(text.strip("'\"")).expanduser()
        if path.is_file():
            return path
        reason = "is a folder" if path.is_dir() else "does not exist"
    except (OSError, ValueError, RuntimeError):
        raise UnusableFileError("That can't be the path of a file.") from None
    raise UnusableFileError(f"{path} {reason}.")
