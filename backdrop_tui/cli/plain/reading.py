"""Changing how a file is read: its encoding, its delimiter, and the row of headings."""

from dataclasses import replace

from backdrop_tui.cli.plain.state import Session
from backdrop_tui.errors import UnusableChoiceError
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.reading.delimiters import DELIMITERS
from backdrop_tui.intake.reading.encoding.encodings import ENCODINGS
from backdrop_tui.intake.reading.sheet import ReadOptions
from backdrop_tui.wording import counted


def change_reading(session: Session, draft: Draft) -> None:
    """Ask what is to be read differently, and read the file again."""
    sheet = draft.sheet
    choices = [
        f"Encoding: {sheet.encoding.label}",
        f"Between cells: {sheet.delimiter.label}",
        f"Row of headings: {sheet.header_row or 'none'}",
    ]
    choice = session.dialogue.choose(sheet.how_read, choices)
    if choice == 0:
        change_encoding(session, draft)
    elif choice == 1:
        delimiter = session.dialogue.choose("What is between cells?", [each.label for each in DELIMITERS])
        if delimiter is not None:
            _reread(session, draft, replace(_options(draft), delimiter=DELIMITERS[delimiter]))
    elif choice == 2:
        row = session.dialogue.text("Which row has the headings? Type 0 if there are none.", _row_number)
        if row is not None:
            _reread(session, draft, replace(_options(draft), header_row=row))


def change_encoding(session: Session, draft: Draft) -> bool:
    """Ask for the encoding, with some names as each reads them. Returns whether one was chosen."""
    samples = draft.sample_names()
    labels = [
        f"{encoding.label}{f': {names}' if (names := ', '.join(samples.get(encoding, ()))) else ''}"
        for encoding in ENCODINGS
    ]
    choice = session.dialogue.choose("Which encoding shows the names correctly?", labels)
    if choice is not None:
        _reread(session, draft, replace(_options(draft), encoding=ENCODINGS[choice]))
    return choice is not None


def _options(draft: Draft) -> ReadOptions:
    return ReadOptions.from_json(draft.facts.read)


def _reread(session: Session, draft: Draft, options: ReadOptions) -> None:
    """Read the file with other options, and say what is different. Raises `UnusableFileError` if it can't be read so."""
    change = draft.reread(options, draft.read_as(options))
    session.dialogue.say(draft.sheet.how_read)
    if change is not None:
        session.dialogue.say(
            f"{counted(len(change.cells), 'cell')} that you had edited read differently now."
        )


def _row_number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 7):
        raise UnusableChoiceError("Type the number of the row.")
    return int(text)
