"""A case's way through the program: read, match, check, put right, undo, errors file, read again."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import polars as pl

from backdrop_tui.errors import BackdropError
from backdrop_tui.imports.pipeline import from_file
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.edits import Change, Edits
from backdrop_tui.intake.draft.fixes import (
    accept,
    apply_remedy,
    dismiss,
    find_and_replace,
    fix_alike,
    leave_out,
    read_dates,
    set_cell,
    take_back,
    take_suggestions,
)
from backdrop_tui.intake.draft.inputs import Basis
from backdrop_tui.intake.draft.review import Review, review
from backdrop_tui.intake.draft.sources import SourceFile
from backdrop_tui.intake.matching.fills import WORKED_OUT, Fill
from backdrop_tui.intake.matching.match import match_columns
from backdrop_tui.intake.matching.matching import Matching
from backdrop_tui.intake.matching.row_lengths import misaligned
from backdrop_tui.intake.matching.sheet_reading import read_sheet
from backdrop_tui.intake.matching.wrong_file import wrong_file
from backdrop_tui.intake.output.errors_file import errors_file
from backdrop_tui.intake.reading.sheet import Sheet
from backdrop_tui.records.schema.kind import RecordKind
from backdrop_tui.records.schema.text import cell_text
from backdrop_tui.store.folder import DataFolder
from tests.fuzz import promises
from tests.fuzz.cases import Case
from tests.fuzz.promises import hold
from tests.support.made_up import CONTEXT, NOW, STUDENTS, by_key, stored, student

_FILE = Path("pupils.csv")
_MOST_STEPS = 5
_TYPED = ("", "Ann", "14/03/2012", "F", "10", "10B", "H801200001001", "ann@example.org", "Teachers", "=1+1", "\x1b[31m", "\ud800", "x" * 101, "1\n2")  # fmt: skip
_FILLS = {"year_group": "10", "registration_group": "10B", "gender": "F", "user_group": "Teachers"}


def read(case: Case) -> str:
    """Read a case and match its columns, and check what has to hold until there. Returns how far it came, in a word.

    It takes a hundredth of the time of `walk`. Raises what `walk` raises.
    """
    sheet = _refusal_or_sheet(case)
    if isinstance(sheet, str):
        hold("Read, and then refused", kept=sheet == _refusal_or_sheet(case))
        return "refused"
    promises.nobody_is_lost_in_reading(case.data, sheet)
    promises.text_is_safe(" ".join([sheet.how_read, *sheet.notes]), "How it was read")
    return "read" if _matched(sheet, case.kind, Random(case.user)) else "unmatched"


def walk(case: Case) -> str:
    """Send a case the whole way, and check every promise. Returns how far it came, in a word or two.

    Raises:
        BrokenPromiseError: Something that has to hold doesn't.
        Exception: What the program raised, although it should only ever raise a `BackdropError`.
    """
    outcome = read(case)
    if outcome != "read":
        return outcome
    sheet, choices = _read(case), Random(case.user)
    matching = _matched(sheet, case.kind, choices)
    if matching is None:
        raise promises.BrokenPromiseError("The same columns were matched in another way")
    first = review(from_file(_FILE, sheet, matching), _basis(case.kind))
    _holds(first)
    promises.output_of(first)
    last = _put_right(first, choices)
    printed = promises.output_of(last)
    _everything_can_be_undone(first, last, is_thorough=case.user % 4 == 1)
    _journal_keeps(last)
    if case.user % 4 == 0:
        _draft_keeps(case, last)
    rest = _errors_file(last)
    again = _with(replace(last, intake=from_file(_FILE, _read(case), matching)), last.intake.edits)
    promises.same(last, again)
    hold("The same file was printed in another way", kept=promises.output_of(again) == printed)
    hold("The same errors file came out differently", kept=_errors_file(again) == rest)
    return "put right" if last.intake.edits.done else "checked"


def _read(case: Case) -> Sheet:
    return read_sheet(case.kind, case.data, _FILE.name)


def _refusal_or_sheet(case: Case) -> Sheet | str:
    """The file as it was read, or the message with which it was refused."""
    try:
        return _read(case)
    except BackdropError as error:
        promises.text_is_safe(error.message, "The message that the file is refused with")
        return error.message


def _basis(kind: RecordKind) -> Basis:
    """A school in which a few of the people are stored already."""
    rows = [by_key(student(number)) for number in (1, 2, 3)] if kind is STUDENTS else []
    return Basis(CONTEXT, stored(kind, *rows))


def _matched(sheet: Sheet, kind: RecordKind, choices: Random) -> Matching | None:
    """The columns, matched as a user would who wants to go on; None if that can't be."""
    matching = match_columns(sheet, kind)
    for sentence in matching.obstacles():
        promises.text_is_safe(sentence, "An obstacle")
    guess = wrong_file(sheet, matching)
    if guess is not None:
        promises.text_is_safe(guess.sentence, "The guess what the file is")
    matching = matching.with_suggestions()
    for columns in matching.duplicates.values():
        for column in columns[1:]:
            matching = matching.with_target(matching.columns.index(column), None)
    for field in matching.missing:
        unused = [place for place, column in enumerate(matching.columns) if column.target is None]
        if field.key in _FILLS and field.can_be_uniform and choices.random() < 0.7:
            matching = matching.with_fill(field.key, Fill(_FILLS[field.key]))
        elif field.worked_out_as and choices.random() < 0.7:
            matching = matching.with_fill(field.key, WORKED_OUT)
        elif unused:
            matching = matching.with_target(choices.choice(unused), field.key)
    if matching.obstacles() or misaligned(sheet, matching):
        return None
    return matching


def _holds(seen: Review) -> None:
    promises.rows_add_up(seen)
    promises.texts_are_safe(seen)


def _with(seen: Review, edits: Edits) -> Review:
    return review(replace(seen.intake, edits=edits.copy()), seen.basis)


def _put_right(first: Review, choices: Random) -> Review:
    """What the user makes of the rows in a few steps; some of them are undone and redone."""
    seen = first
    for _ in range(choices.randrange(_MOST_STEPS + 1)):
        edits = seen.intake.edits.copy()
        if edits.done and choices.random() < 0.2:
            edits.undo()
            if choices.random() < 0.5:
                edits.redo()
                hold("Undone and redone, it isn't what it was", kept=edits == seen.intake.edits)
            seen = _with(seen, edits)
        elif (change := _change(seen, choices)) is not None:
            promises.text_is_safe(change.title, "The title of a change")
            edits.do(change)
            after = _with(seen, edits)
            promises.only_what_was_named_has_changed(seen, change, after)
            seen = after
        _holds(seen)
    return seen


def _change(seen: Review, choices: Random) -> Change | None:
    """One of the things that a user can do now."""
    return choices.choice(list(_possible(seen, choices)))()


def _possible(seen: Review, choices: Random) -> Iterator[Callable[[], Change | None]]:
    """What a user can do now."""
    for finding in seen.findings:
        for remedy in finding.remedies:
            yield lambda finding=finding, remedy=remedy: apply_remedy(finding, remedy)  # type: ignore[misc]
        yield lambda finding=finding: dismiss(finding)  # type: ignore[misc]
    for problem_kind in seen.problem_kinds:
        yield lambda kind=problem_kind: take_suggestions(seen, kind, possible_too=choices.random() < 0.5)  # type: ignore[misc]
        yield lambda kind=problem_kind: accept(seen.problems_of(kind))  # type: ignore[misc]
    text = choices.choice(_TYPED)
    row = choices.choice(seen.texts["row"].to_list() or [0])
    key = choices.choice(seen.kind.template_fields).key
    if row:
        yield lambda: set_cell(seen, row, key, text)
        yield lambda: leave_out(seen, [row])
    faulty = seen.problems.filter(pl.col("field").is_not_null(), pl.col("value") != "")
    if faulty.height:
        problem = faulty.row(choices.randrange(faulty.height), named=True)
        yield lambda: fix_alike(seen, problem["field"], problem["value"], text)
    if seen.left_out:
        yield lambda: take_back(seen, sorted(seen.left_out))
    if key in seen.texts.columns and seen.texts.height:
        cell = seen.texts.select(cell_text(pl.col(key))).to_series()[choices.randrange(seen.texts.height)]
        yield lambda: find_and_replace(seen, key, cell[:2], text, whole=choices.random() < 0.5)
    yield lambda: read_dates(choices.choice(["dmy", "mdy", "ymd"]))


def _everything_can_be_undone(first: Review, last: Review, *, is_thorough: bool) -> None:
    """With everything undone, the rows are those of the file; redone, they are what they were."""
    edits = last.intake.edits.copy()
    while edits.undo() is not None:
        pass
    hold("Something is left after everything was undone", kept=edits == Edits(undone=edits.undone))
    if is_thorough:
        promises.same(first, _with(last, edits))
    for _ in last.intake.edits.done:
        edits.redo()
    hold("Redoing everything didn't bring it back", kept=edits == last.intake.edits)


def _journal_keeps(last: Review) -> None:
    """Every change comes back from a draft's journal."""
    for change in last.intake.edits.done:
        kept = Change.from_json(json.loads(json.dumps(change.as_json())))
        hold(f"{change.title} isn't what the journal says", kept=kept == change)


def _draft_keeps(case: Case, last: Review) -> None:
    """A draft on the disk has the same rows and problems when it is opened again."""
    with TemporaryDirectory(prefix="fuzz-") as place:
        data = DataFolder(Path(place))
        data.create()
        draft = Draft.create(data, case.kind, [SourceFile(_FILE.name, case.data, _FILE)], NOW)
        draft.save_matching(last.intake.matching)
        for change in last.intake.edits.done:
            draft.do(change)
        draft.close()
        opened = Draft.open(data, draft.facts.id)
        hold(f"The draft is damaged: {opened.warning}", kept=not opened.warning)
        promises.same(last, review(opened.intake(), last.basis))
        opened.close()


def _errors_file(last: Review) -> bytes:
    """The errors file, which read again has the rows that are left."""
    intake, rest = last.intake, last.to_fix_later
    if not rest.height:
        return b""
    data = errors_file(intake.matching, intake.sheet, rest, last.problems)
    promises.text_is_safe(data.decode().replace("\t", " ").replace("\r", ""), "The errors file")
    again = read_sheet(last.kind, data, "pupils_errors.csv")
    promises.errors_file_is_the_rest(last, again)
    return data
