"""Finding rows, and finding and replacing a text in a column."""

from backdrop_tui.cli.plain.dialogue import GOING_BACK
from backdrop_tui.cli.plain.fixing.rows import edit_row, row_text
from backdrop_tui.cli.plain.state import Session
from backdrop_tui.intake.draft import fixes
from backdrop_tui.intake.draft.draft import Draft
from backdrop_tui.intake.draft.review import Review
from backdrop_tui.intake.overview.row_search import RowSearch
from backdrop_tui.school.text_input import quoted
from backdrop_tui.wording import counted

_MOST_ROWS = 50


def find_rows(session: Session, draft: Draft, seen: Review) -> None:
    """Ask for words, list the rows that have all of them, and change one after the other until the user goes back."""
    dialogue = session.dialogue
    words = dialogue.text(
        "What do you want to find? Type a row number, a name, or any words of a row.", str, leaving=GOING_BACK
    )
    while words:
        # A number that is typed can be that of a row, and part of many others.
        rows = sorted(RowSearch(seen).find(words), key=lambda row: seen.context.row_names.name(row) != words)
        if not rows:
            dialogue.say(f"No row has {quoted(words)} in it.")
            return
        shown = rows[:_MOST_ROWS]
        title = f"{counted(len(rows), 'row')} with {quoted(words)}. Choose one to change it."
        if len(rows) > len(shown):
            title = f"{counted(len(rows), 'row')} with {quoted(words)}. These are the first {len(shown)}. Find more words to hear fewer."
        choice = dialogue.choose(title, [row_text(seen, row) for row in shown])
        if choice is None:
            return
        edit_row(session, draft, shown[choice])
        seen = session.checked(draft, quietly=True)


def find_and_replace(session: Session, draft: Draft, seen: Review) -> None:
    """Ask for a field, a text to find and what to put in its place, and replace it once the number of rows is confirmed."""
    dialogue = session.dialogue
    fields = [field for field in seen.fields if field.key in seen.texts.columns]
    place = dialogue.choose("In which field?", [field.label for field in fields])
    if place is None:
        return
    field = fields[place]
    find = dialogue.text(
        f"What should be replaced in {field.label}? Capitals count.", str, leaving=GOING_BACK
    )
    if find is None:
        return
    put = dialogue.text_or_blank(f"What should {quoted(find)} become?", leaving=GOING_BACK)
    if put is None:
        return
    whole, anywhere = "Only where it is the whole cell", "Wherever it is in a cell"
    way = dialogue.choose("Where should it be replaced?", [whole, anywhere])
    if way is None:
        return
    change = fixes.find_and_replace(seen, field.key, find, put, whole=way == 0)
    if change is None:
        dialogue.say(f"Nothing in {field.label} matches, so nothing has been replaced.")
        return
    becomes = quoted(put) if put else "nothing"
    question = f"Replace {quoted(find)} with {becomes} in {counted(len(change.cells), 'row')}?"
    if dialogue.confirm(question):
        session.do(draft, change)
