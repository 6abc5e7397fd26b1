"""Matching the columns of a file with the fields of Back:drop."""

from functools import partial

from backdrop_tui.cli.plain.dialogue import Action
from backdrop_tui.cli.plain.reading import change_reading
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.imports.pipeline import match
from backdrop_tui.intake.checking.worked_out import fill_for, groups_in_words, values_of_column
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.matching.full_name import FULL_NAME
from backdrop_tui.intake.matching.row_lengths import obstacles_to
from backdrop_tui.intake.matching.wrong_file import wrong_file
from backdrop_tui.records.schema.field import Field
from backdrop_tui.school.remembered_matching import forget_matching
from backdrop_tui.wording import counted, listed

_SAMPLES = 3
_LONGEST_SAMPLE = 40


def match_columns(session: Session, draft: Draft) -> bool:
    """Show where the columns go, and change that on request. Returns whether to go on, and not back."""
    dialogue = session.dialogue
    sheet = draft.sheet
    dialogue.say(
        "",
        "Match columns.",
        f"{sheet.file}: {counted(sheet.cells.height, 'row')}. {sheet.how_read}",
        *sheet.notes,
    )
    _tell_columns(session, draft)
    while True:
        matching, obstacles = draft.matching, obstacles_to(draft.sheet, draft.matching)
        dialogue.say("", *(obstacles or ["Nothing is missing."]))
        if obstacles and (guess := wrong_file(draft.sheet, matching)):
            dialogue.say(guess.sentence)
        action = dialogue.choose_action(
            "What now?",
            _actions(session, draft, is_complete=not obstacles),
            back="Go back and leave this file",
        )
        if action is None:
            return False
        with session.telling_errors():
            if action() is True:
                draft.save_matching(draft.matching)
                return True


def _actions(session: Session, draft: Draft, *, is_complete: bool) -> list[Action]:
    """What can be done with the columns."""
    matching = draft.matching
    actions: list[Action] = []
    if is_complete:
        actions.append(("Import Data: go on to the rows", lambda: True))
    if suggestions := len(matching.suggestions):
        label = f"Use {counted(suggestions, 'suggestion')}"
        actions.append((label, partial(draft.save_matching, matching.with_suggestions())))
    actions.append(("Change where a column goes", partial(_change_column, session, draft)))
    if _fillable(draft):
        label = "Choose what every row gets in a field without a column"
        actions.append((label, partial(_fill_field, session, draft)))
    if any(column.how == "remembered" for column in matching.columns):
        label = "Forget how these columns were matched last time, and match them again"
        actions.append((label, partial(_forget, session, draft)))
    actions.append(("Hear all columns again", partial(_tell_columns, session, draft)))
    actions.append(("Change how the file is read", partial(change_reading, session, draft)))
    return actions


def _forget(session: Session, draft: Draft) -> None:
    """Forget how earlier files with these headings were matched, and match this one anew."""
    forget_matching(session.school, draft.kind, draft.sheet.headings)
    draft.save_matching(match(session.school, draft.kind, draft.sheet))
    _tell_columns(session, draft)


def _tell_columns(session: Session, draft: Draft) -> None:
    """Say where each column goes, with some of its values."""
    matching = draft.matching
    lines = [
        f"Column {number}, {_column(draft, number - 1)}" for number in range(1, len(matching.columns) + 1)
    ]
    fills = [
        f"{matching.kind.label(key)}: {fill.in_words(matching.kind.by_key[key])}"
        for key, fill in matching.fills.items()
    ]
    told = {
        *matching.fills,
        *(field.key for field in matching.missing),
    }  # what is missing is said with what to do
    without = [f.label for f in matching.without_column if f.key not in told and f.in_template]
    session.dialogue.say("", *lines, *fills, *([f"No column goes to {listed(without)}."] if without else []))


def _column(draft: Draft, index: int) -> str:
    """A column as a person hears it: heading, field, or why it isn't used, and sample values."""
    column, name = draft.matching.columns[index], draft.sheet.columns[index]
    unused = column.note or "Not used"  # a note about such a column says so itself
    goes = (
        f"goes to {draft.matching.label(column.target)}"
        if column.target
        else f"{unused[:1].lower()}{unused[1:]}"
    )
    near = column.near_miss
    could = f", could be {draft.matching.label(near.target)}" if near and not column.target else ""
    values = (
        draft.sheet.cells[name].str.strip_chars().replace("", None).drop_nulls().unique(maintain_order=True)
    )
    texts = [value[:_LONGEST_SAMPLE] for value in values.head(_SAMPLES)]
    samples = ("; " if any("," in text for text in texts) else ", ").join(texts)
    return f"{column.heading}: {goes}{could}.{f' For example {samples}.' if samples else ''}"


def _change_column(session: Session, draft: Draft) -> None:
    """Ask for a column, and the field that it goes to."""
    matching = draft.matching
    columns = [f"{column.heading}: {matching.label(column.target)}" for column in matching.columns]
    index = session.dialogue.choose("Which column?", columns)
    if index is None:
        return
    targets: list[str | None] = [*(field.key for field in matching.kind.file_fields), FULL_NAME, None]
    choice = session.dialogue.choose(_column(draft, index), [matching.label(target) for target in targets])
    if choice is not None:
        draft.save_matching(matching.with_only(index, targets[choice]))
        session.dialogue.say(_column(draft, index))


def _fill_field(session: Session, draft: Draft) -> None:
    """Ask for a field without a column, and what every row gets in it."""
    fields = _fillable(draft)
    choice = session.dialogue.choose("Which field?", [_field(draft, field) for field in fields])
    if choice is None:
        return
    field, ways = fields[choice], _ways(fields[choice])
    labels = {
        "same": "The same for every row",
        "work out": f"Work it out from {field.worked_out_from}",
        "blank": "Leave it blank; you will be asked in each row" if field.needed else "Leave it blank",
    }
    way = session.dialogue.choose(f"{field.label}.", [labels[name] for name in ways])
    if way is None:
        return
    matching, context = draft.matching, session.school.context(session.today)
    if ways[way] == "blank":
        draft.save_matching(matching.with_fill(field.key, None))
        return
    if ways[way] == "work out":
        fill = fill_for(draft.kind, field, field.worked_out_as, context)
        if not field.column_needed:
            values = values_of_column(field, draft.kind, draft.texts, context)
            session.dialogue.say("", *groups_in_words(values, session.school.user_groups()))
            if not session.dialogue.confirm("Is each group the right one?"):
                return
    else:
        question = f"Type the {field.label} that everyone in the file has: {field.hint}."
        typed = session.dialogue.text(question, lambda text: fill_for(draft.kind, field, text, context))
        if typed is None:
            return
        fill = typed
    draft.save_matching(matching.with_fill(field.key, fill))
    session.dialogue.say(f"{field.label}: {fill.in_words(field)}.")


def _fillable(draft: Draft) -> list[Field]:
    """The fields without a column in which rows can get a value all the same, or be left blank."""
    return [
        field
        for field in draft.matching.without_column
        if _ways(field) and (field.in_template or field.key in draft.matching.fills)
    ]


def _field(draft: Draft, field: Field) -> str:
    fill, offer = draft.matching.fills.get(field.key), draft.matching.open_offers.get(field.key)
    if fill is not None:
        return f"{field.label}: {fill.in_words(field)}"
    last_time = f", last time {offer.in_words(field)}" if offer else ""
    return f"{field.label}: {'needed' if field.needed else 'may be blank'}{last_time}"


def _ways(field: Field) -> list[str]:
    """The ways in which rows can get a value in a field without a column."""
    ways = [("same", field.can_be_uniform), ("work out", bool(field.worked_out_as))]
    return [
        way for way, possible in [*ways, ("blank", not (field.needed and field.column_needed))] if possible
    ]
